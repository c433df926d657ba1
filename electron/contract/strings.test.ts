import { describe, expect, it } from 'vitest';
import type { BlockedReason, ConnectionView, WaitReason } from './snapshot.ts';
import {
  blockedTexts,
  connectionTexts,
  explainConnection,
  keychainTexts,
  outcomeText,
  waitTexts,
} from './strings.ts';

const gateway = { address: '127.0.0.1:18789', remote: false, version: null };
const texts = [waitTexts, blockedTexts, connectionTexts, keychainTexts].flatMap((table) =>
  Object.entries(table),
);

describe('the catalogue', () => {
  it.each(texts)('explains %s with a short title', (_name, { title }) => {
    expect(title.length).toBeGreaterThan(0);
    expect(title.length).toBeLessThanOrEqual(45);
  });

  it('tells the owner what to do for everything that keeps Portcullis from connecting', () => {
    const stuck = [...Object.values(waitTexts), ...Object.values(blockedTexts)];
    expect(stuck.filter(({ meaning, action }) => meaning === '' || action === '')).toEqual([]);
  });

  it('explains every state of a connection', () => {
    const waiting = (reason: WaitReason): ConnectionView => ({
      state: 'waiting',
      reason,
      gateway,
      retryAt: 0,
      attempt: 1,
    });
    const blocked = (reason: BlockedReason): ConnectionView => ({
      state: 'blocked',
      reason,
      gateway,
      detail: null,
    });
    expect([
      explainConnection({ state: 'stopped' }),
      explainConnection({ state: 'ready', gateway, missing: [], since: 0, limited: false }),
      explainConnection(waiting('no-answer')),
      explainConnection(blocked('tls-changed')),
    ]).toEqual([
      connectionTexts.stopped,
      connectionTexts.ready,
      waitTexts['no-answer'],
      blockedTexts['tls-changed'],
    ]);
  });

  it.each([
    ['approved', 'us', 'Approved'],
    ['approved', 'elsewhere', 'Approved elsewhere'],
    ['denied', 'us', 'Denied'],
    ['denied', 'elsewhere', 'Denied elsewhere'],
    ['withdrawn', 'us', 'Answered'],
    ['withdrawn', 'elsewhere', 'No longer waiting'],
  ] as const)('says of %s by %s: %s', (decision, by, text) => {
    expect(outcomeText({ decision, by })).toBe(text);
  });
});
