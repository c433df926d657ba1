/** What somebody who writes to one of two iMessage accounts can hear, and whether the owner hears of it. */
import { imessagePairingReply } from '../../electron/contract/pairing-reply.ts';

export type Account = 'default' | 'work';

export interface Writer {
  readonly person: string;
  readonly account: Account;
}

/** What became of a message: `code` is the gateway's pairing reply, word for word; `answer` is the assistant's. */
export interface Outcome {
  readonly hears: 'nothing' | 'code' | 'answer' | { readonly unexpected: readonly string[] };
  /** The owner is asked whether to let them in. */
  readonly asks: boolean;
}

export const answered: Outcome = { hears: 'answer', asks: false };
export const ignored: Outcome = { hears: 'nothing', asks: false };
export const asksSilently: Outcome = { hears: 'nothing', asks: true };
export const getsCode: Outcome = { hears: 'code', asks: true };

/** @param texts that reached imsg for this person */
export function heard(texts: readonly string[], person: string): Outcome['hears'] {
  const [text] = texts;
  if (text === undefined) return 'nothing';
  if (texts.length > 1) return { unexpected: texts };
  if (text.startsWith('REPLY:')) return 'answer';
  const code = /Pairing code:\s+(\S+)/u.exec(text)?.[1] ?? 'none';
  return text === imessagePairingReply(person, code) ? 'code' : { unexpected: texts };
}
