/** Why a stopped message cannot get a certain answer now. What is displayed is what is decided. */
import type { GuardView } from '../../../electron/contract/guard/guard-view.ts';
import type { SendAnswer } from '../../../electron/contract/guard/send-answer.ts';
import { letsOut } from '../../../electron/contract/guard/send-answer.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';

export type Obstacle =
  | 'old-plugin'
  | 'paused'
  | 'rules-unreadable'
  | 'text-incomplete'
  | 'not-possible'
  /** The owner has not had the whole text before their eyes; the only obstacle they can remove on the card. */
  | 'text-hidden'
  | 'cut-off';

export interface Circumstances {
  readonly guard: Pick<GuardView, 'plugin' | 'paused' | 'policy'>;
  readonly wholeTextShown: boolean;
}

/** Null: this answer can be given. Answers that keep the message in never wait for its text. */
export function obstacleTo(
  answer: SendAnswer,
  view: SendRequestView,
  { guard, wholeTextShown }: Circumstances,
): Obstacle | null {
  if (guard.plugin.state === 'present' && guard.plugin.match === 'older') return 'old-plugin';
  const isOffered = view.answers.includes(answer);
  const unreadable = guard.policy.status === 'unreadable';
  if (!letsOut(answer)) {
    // Refusing this one message needs no rule and is always possible.
    if (isOffered || answer === 'deny') return null;
    return unreadable ? 'rules-unreadable' : 'not-possible';
  }
  if (guard.paused) return 'paused';
  if (!isOffered && unreadable) return 'rules-unreadable';
  if (!view.textComplete) return 'text-incomplete';
  if (!isOffered) return 'not-possible';
  if (isCutOff(view)) return 'cut-off';
  return wholeTextShown ? null : 'text-hidden';
}

function isCutOff({ recipients, media }: SendRequestView): boolean {
  const names = [...recipients.flatMap(({ to, people }) => [to, ...people]), ...media];
  return names.some((name) => name.truncated);
}
