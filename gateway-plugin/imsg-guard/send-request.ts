/** A send as imsg would carry it out, read from a JSON-RPC frame or a command line. */

export interface SendRequest {
  /** `text` for a plain text message, else the imsg method or command. */
  readonly action: string;
  /** Everyone it goes to, as written. Empty: the recipient could not be read, and nothing may match it. */
  readonly recipients: readonly Recipient[];
  readonly text: string;
  readonly files: readonly string[];
  /** What exactly is sent, for the hash a one-time allowance is bound to. */
  readonly content: string;
  /** Country imsg will use for national numbers. */
  readonly region: string;
}

export interface Recipient {
  readonly to: string;
  /** Named as a conversation (chat id, identifier or guid), not as a person. */
  readonly conversation: boolean;
}

/** imsg's own default when the sender names no region. */
export const imsgRegion = 'US';

/** A send nobody could read: it matches no rule, so it leaves only where everything may leave. */
export function unreadableSend(action: string, content: string): SendRequest {
  return { action, recipients: [], text: content, files: [], content, region: imsgRegion };
}

/** `chat_id:7` for a row number, the text itself for an identifier or guid. */
export function chatRecipient(kind: 'id' | 'text', value: string): Recipient {
  return { to: kind === 'id' ? `chat_id:${value}` : value, conversation: true };
}
