/** What a caller is told whose message was stopped. */
import type { Decision } from '../../electron/contract/guard/decide.ts';

export function refusalOf(decision: Decision): string {
  return refusal(reasonOf(decision));
}

export function reasonOf({ verdict, because }: Decision): string {
  switch (because.rule) {
    case 'paused':
      return 'The owner has paused all sends.';
    case 'blocked':
    case 'denied':
      return 'The owner does not allow messages to this recipient.';
    case 'policy-unreadable':
      return 'The send rules cannot be read, so nothing unlisted is sent.';
    case 'secret':
      return 'It carries something secret, such as a key; the owner decides about it.';
    case 'address':
      return 'This request was not understood.';
    default:
      return verdict === 'deny'
        ? 'This recipient is not on the allowlist.'
        : 'This recipient is not on the allowlist; the owner is asked.';
  }
}

/**
 * OpenClaw reads these words. They must not sound like a missing imsg feature, or it would try another way; and
 * "recipient is not a valid" tells its delivery queue that trying again is pointless (OpenClaw 2026.9.6).
 */
export function refusal(reason: string): string {
  return `Message stopped by the Portcullis send guard: the recipient is not a valid one now. ${reason} Do not try again.`;
}
