import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findSpooled, writeSpooled } from '../store/spool.ts';
import { answerSend } from './answer.ts';
import { asShown } from './shown.ts';
import { createStoppedSends, now, other, stoppedSend } from './stopped-sends.fixture.ts';
import type { StoppedSends } from './stopped-sends.fixture.ts';

let bench: StoppedSends;
beforeEach(() => {
  bench = createStoppedSends();
  bench.setPolicy({});
});
afterEach(async () => bench.remove());

describe('an answer is for what was shown', () => {
  const photo = (sha256: string | null): Partial<Parameters<typeof stoppedSend>[0]> => ({
    text: 'look',
    media: ['/tmp/a.jpg'],
    files: [{ name: '/tmp/a.jpg', bytes: 3, sha256 }],
  });
  const shown = (id: string): string => {
    const send = findSpooled(bench.parts.files, id);
    if (send === null) throw new Error('It is not there any more.');
    return asShown(bench.parts, send).shown;
  };
  const all = ['send-once', 'allow-hour', 'allow-always', 'deny', 'never'] as const;

  it.each(all)('%s counts for nothing that changed since', (decision) => {
    for (const id of [bench.refused(photo('a'.repeat(64))), bench.held().id]) {
      const seen = shown(id);
      const stored = findSpooled(bench.parts.files, id) ?? stoppedSend();
      const [target] = stored.targets;
      for (const change of [
        { text: 'look here' },
        { action: 'sendWithEffect' },
        { account: 'work' },
        { files: [{ name: '/tmp/a.jpg', bytes: 3, sha256: 'b'.repeat(64) }] },
        { targets: [{ to: target?.to ?? '', key: target?.key ?? null, people: [other] }] },
      ]) {
        writeSpooled(bench.parts.files, { ...stored, ...change });
        expect(answerSend(bench.parts, id, decision, seen)).toEqual({ ok: false, error: 'CHANGED' });
      }
      writeSpooled(bench.parts.files, stored);
      expect(answerSend(bench.parts, id, decision, seen)).toMatchObject({
        ok: true,
        value: { applied: true },
      });
    }
  });

  it('does not depend on how often it was tried, or on whether it waits', () => {
    const id = bench.refused();
    const seen = shown(id);
    writeSpooled(bench.parts.files, { ...stoppedSend(), id, attempts: 4, lastAt: now + 1 });
    expect(shown(id)).toBe(seen);
  });

  it('of an app that does not say what it showed, only where there can be no doubt', () => {
    const again = bench.refused({ attempts: 2 });
    const withFile = bench.refused(photo('a'.repeat(64)));
    for (const id of [again, withFile]) {
      expect(answerSend(bench.parts, id, 'send-once', null)).toEqual({ ok: false, error: 'CHANGED' });
      expect(answerSend(bench.parts, id, 'deny', null)).toMatchObject({ value: { state: 'denied' } });
    }
  });

  it('a message with a file nobody could read cannot be sent once', () => {
    for (const change of [photo(null), { media: ['https://x/a.jpg'] }]) {
      for (const id of [bench.refused(change), bench.held({ ...change, account: 'work' }).id])
        expect(answerSend(bench.parts, id, 'send-once', shown(id))).toEqual({
          ok: false,
          error: 'file-unread',
        });
    }
  });
});
