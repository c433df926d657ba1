import { describe, expect, it } from 'vitest';
import { undoFacts } from '../../contract/gateway-config/value-edit.ts';
import type { ConfigChange, Json } from '../../contract/gateway-config/json.ts';
import { patchOf, patchProblem } from './remote-patch.ts';

const config: Json = {
  channels: { imessage: { dmPolicy: 'pairing', allowFrom: ['a', 'b'], token: '__OPENCLAW_REDACTED__' } },
};
const at = (...path: readonly string[]) => ['channels', 'imessage', ...path];
const changesOf = (...changes: readonly ConfigChange[]) => undoFacts(config, changes).changes;

describe('a patch', () => {
  it.each<[string, readonly ConfigChange[], Json, readonly string[]]>([
    [
      'replaces a list as a whole',
      [{ path: at('allowFrom'), value: ['b'] }],
      { channels: { imessage: { allowFrom: ['b'] } } },
      ['channels.imessage.allowFrom'],
    ],
    [
      'removes what is not set afterwards',
      [{ path: at('dmPolicy'), value: undefined }],
      { channels: { imessage: { dmPolicy: null } } },
      [],
    ],
    [
      'says several things at once',
      [
        { path: at('dmPolicy'), value: 'allowlist' },
        { path: at('accounts', 'work', 'dmPolicy'), value: 'open' },
      ],
      { channels: { imessage: { dmPolicy: 'allowlist', accounts: { work: { dmPolicy: 'open' } } } } },
      [],
    ],
  ])('%s', (_what, changes, patch, replacePaths) => {
    const made = changesOf(...changes);
    expect(patchProblem(made)).toBeNull();
    expect(patchOf(made)).toEqual({ raw: JSON.stringify(patch), replacePaths });
  });

  it.each<[string, ConfigChange]>([
    ['an object, which would be merged', { path: at('accounts'), value: { work: {} } }],
    ['null, which would remove the value', { path: at('dmPolicy'), value: null }],
    ['a secret in the place of another value', { path: at('dmPolicy'), value: '__OPENCLAW_REDACTED__' }],
    ['a new value for a secret', { path: at('token'), value: 'new' }],
    ['OpenClaw’s own mark', { path: ['meta', 'lastTouchedVersion'], value: '1' }],
    ['the removal of a secret', { path: at('token'), value: undefined }],
  ])('cannot say %s', (_what, change) => {
    expect(patchProblem(changesOf(change))).toMatchObject({ code: 'config-not-editable' });
  });
});
