/** The switch against strangers, in each of its states. */
import { appError } from '../../electron/contract/result.ts';
import type { SilenceAccountView } from '../../electron/contract/silence.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { silenceAccount, silenceWith } from '../../renderer/bridge/channels.double.ts';
import { chatRequest, guarded, plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import type { Screens } from './guard-screens.ts';

export function withSwitch(...accounts: readonly SilenceAccountView[]): AppSnapshot {
  return snapshotWith([chatRequest()], { silence: silenceWith(...accounts), guard: guarded() });
}

export const silenceScreens: Screens = {
  'silence-answer': () => withSwitch(silenceAccount()),
  'silence-several': () =>
    withSwitch(
      silenceAccount({ mode: 'ask', former: 'answer', until: Date.now() + 9 * 60 * 60_000 }),
      silenceAccount({
        account: 'work',
        mode: 'ignore',
        former: 'answer',
        wildcard: true,
        accountShown: plain(`work⟨U+202E⟩${'very'.repeat(12)}`, { altered: true }),
      }),
      silenceAccount({ account: 'old', mode: 'other', dmPolicy: 'open' }),
    ),
  'silence-working': () =>
    withSwitch(silenceAccount({ former: 'ask', working: { step: 'channel', write: 2, writes: 2 } })),
  'silence-failed': () =>
    withSwitch(
      silenceAccount({
        error: appError('config-changed', 'The config was edited by somebody else meanwhile. Look again.'),
      }),
    ),
};
