/** What a press on a notification or in the tray leads to. Only a live Approve or Deny answers; all else opens. */
import type { Result } from '../contract/result.ts';
import type { Settings } from '../contract/settings.ts';
import type { SilenceMode } from '../contract/silence.ts';
import type { Intent } from './notify/activation.ts';
import type { Logger } from './ports.ts';
import type { AnswerSender } from './requests/answer-sender.ts';

export interface IntentParts {
  readonly sender: Pick<AnswerSender, 'approve' | 'deny'>;
  /** Brings it up at this request; null: at the page of all of them, which also has what the tray switches. */
  readonly openWindow: (key: string | null) => void;
  /** Brings it up as it was left. */
  readonly comeBack: () => void;
  readonly settings: () => Settings;
  /** Refuses to resume while the screen is locked. */
  readonly pause: (paused: boolean) => Promise<Result<unknown>>;
  /** Fails where the owner has to read or confirm something first. */
  readonly silence: (account: string, to: SilenceMode) => Promise<Result<unknown>>;
  readonly quit: () => void;
  readonly logger: Logger;
}

export async function followIntent(intent: Intent, parts: IntentParts): Promise<void> {
  const { sender, openWindow, settings, quit } = parts;
  switch (intent.type) {
    case 'open':
      openWindow(intent.key);
      return;
    case 'come-back':
      parts.comeBack();
      return;
    case 'quit':
      quit();
      return;
    case 'approve':
    case 'deny': {
      const { key, revision } = intent;
      const result =
        intent.type === 'deny'
          ? await sender.deny({ key, revision })
          : // A press outside the window never elevates: what needs more rights is confirmed where it is explained.
            await sender.approve({
              key,
              revision,
              elevate: false,
              notifyContact: settings().tellApprovedContacts,
            });
      showWhyNot(intent.type, result, key, parts);
      return;
    }
    case 'pause':
      showWhyNot(intent.type, await parts.pause(intent.paused), null, parts);
      return;
    case 'silence':
      showWhyNot(intent.type, await parts.silence(intent.account, intent.to), null, parts);
  }
}

/** The owner pressed something: where it did not count, the window says why. */
function showWhyNot(
  press: Intent['type'],
  result: Result<unknown>,
  key: string | null,
  { openWindow, logger }: IntentParts,
): void {
  if (result.ok) return;
  logger.log('info', 'press-not-answered', { press, code: result.error.code });
  openWindow(key);
}
