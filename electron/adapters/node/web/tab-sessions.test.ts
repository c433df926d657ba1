import { expect, it } from 'vitest';
import { OpenTokens } from './open-tokens.ts';
import { TabSessions } from './tab-sessions.ts';

it('a tab that came back lately stays known, however many were opened since', () => {
  const tokens = new OpenTokens(() => 0);
  const sessions = new TabSessions(tokens);
  const open = (): string => sessions.admit({ token: tokens.issue() }) ?? 'not let in';
  const [kept, forgotten] = [open(), open()];
  for (let opened = 0; opened < 63; opened += 1) {
    expect(sessions.admit({ secret: kept })).toBe(kept);
    open();
  }
  expect([sessions.admit({ secret: kept }), sessions.admit({ secret: forgotten })]).toEqual([kept, null]);
});
