/** What the owner can answer to a stopped message, and what is worth a warning about it. */

/**
 * `once`: this message, once. `always`: this recipient from now on, and this message; where only a secret in it is in
 * question, that kind of secret to this recipient. `hour`: the recipient for an hour. `deny`: not this message. `never`: nothing to this recipient any more.
 */
export const sendAnswers = ['once', 'hour', 'always', 'deny', 'never'] as const;
export type SendAnswer = (typeof sendAnswers)[number];

/** Answers after which the message leaves. */
export function letsOut(answer: SendAnswer): boolean {
  return answer === 'once' || answer === 'hour' || answer === 'always';
}

/**
 * `first-contact`: nothing was ever sent to or received from this recipient here. `wrong-shape`: not an address people
 * have on this channel, e.g. a 17-19 digit id on iMessage. `burst`: many messages were stopped in a short time.
 * `secret`: it carries a secret. `several-recipients`: goes to more than one address. `not-understood`: the address could not be understood.
 */
export const sendWarnings = [
  'secret',
  'first-contact',
  'wrong-shape',
  'not-understood',
  'several-recipients',
  'burst',
] as const;
export type SendWarning = (typeof sendWarnings)[number];
