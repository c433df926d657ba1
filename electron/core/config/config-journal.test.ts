import { describe, expect, it } from 'vitest';
import type { ConfigReason, ConfigWorkView } from '../../contract/channels.ts';
import { appError } from '../../contract/result.ts';
import { configFact } from './config-journal.ts';

const reason: ConfigReason = { kind: 'silence', account: 'default' };
const error = appError('config-changed', 'Somebody else changed it.');

describe('the journal of config changes', () => {
  it.each<[ConfigWorkView, string | null]>([
    [{ state: 'idle' }, null],
    [{ state: 'working', reason, progress: { step: 'writing', write: 1, writes: 2 } }, null],
    [{ state: 'failed', reason, error, written: false, at: 1 }, null],
    [
      { state: 'failed', reason, error, written: true, at: 1 },
      'Silence switch of the account default (not confirmed by the gateway)',
    ],
    [{ state: 'done', reason, at: 1 }, 'Silence switch of the account default'],
    [
      { state: 'done', reason: { kind: 'silence-end', account: 'work' }, at: 1 },
      'Silence ended for the account work',
    ],
    [
      { state: 'done', reason: { kind: 'channel', channel: 'slack', account: 'a\u202eb' }, at: 1 },
      'Settings of slack, account a⟨U+202E⟩b',
    ],
    [{ state: 'done', reason: { kind: 'undo', of: 'x' }, at: 1 }, 'An earlier change was undone'],
  ])('%j reads: %s', (view, summary) => {
    const fact = configFact(view);
    expect(fact?.kind === 'config-changed' ? fact.summary : fact).toBe(summary);
  });
});
