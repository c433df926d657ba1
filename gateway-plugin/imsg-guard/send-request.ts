/** A send as imsg would carry it out, read from a JSON-RPC frame or a command line. */

export interface SendRequest {
  /** `text` for a plain text message, else the imsg method or command. */
  readonly action: string;
  /** Everyone it goes to, as written. Empty: the recipient could not be read, and nothing may match it. */
  readonly recipients: readonly Recipient[];
  /** Every text it puts in front of somebody. */
  readonly texts: readonly string[];
  /** What the owner is shown: the texts, and whatever else decides what is seen. */
  readonly shown: string;
  /** How it travels or looks, where that is not as usual: `['service', 'sms']`. */
  readonly words: readonly (readonly [string, string])[];
  readonly files: readonly string[];
  /** What exactly is sent, but for the bytes of the files: a one-time allowance is bound to it. */
  readonly content: string;
  /** Country imsg is asked to use for national numbers, upper case; null: not the configured one. */
  readonly region: string | null;
  /** Only shows that somebody is there: typing, a receipt. */
  readonly sign: boolean;
}

/** How the caller named a place: as a person, as a chat's guid or identifier, or by its row in the database. */
export type Naming = 'person' | 'chat' | 'row';

export interface Recipient {
  readonly to: string;
  readonly as: Naming;
}

/** What is written out in place of what the caller wrote: the same places and files, in the same order. */
export interface Written {
  readonly recipients: readonly Recipient[];
  readonly files: readonly string[];
}

/** A send nobody could read: it matches no rule and is never let out. */
export function unreadableSend(action: string, content: string): SendRequest {
  const nothing = { recipients: [], texts: [], words: [], files: [], region: null, sign: false };
  return { ...nothing, action, shown: content, content };
}

/** A row by its number, `chat_id:7` for the reader of addresses. */
export function rowRecipient(row: string): Recipient {
  return { to: `chat_id:${row}`, as: 'row' };
}

export function chatRecipient(text: string): Recipient {
  return { to: text, as: 'chat' };
}

export function personRecipient(to: string): Recipient {
  return { to, as: 'person' };
}
