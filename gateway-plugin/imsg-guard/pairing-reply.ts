/** The fixed texts the gateway itself sends to people it does not know yet. */
import { imessagePairingReply } from '../../electron/contract/pairing-reply.ts';

/** Formatting may have lost blank lines. */
const shape =
  /^OpenClaw: access not configured\.\s+Your iMessage sender id: (\S{1,320})\s+Pairing code:\s+([A-Z0-9]{4,16})\s/u;

const approvedNotice = '✅ OpenClaw access approved. Send a message to start chatting.';

/**
 * The automatic answer to a stranger (docs/GATEWAY-PROTOCOL.md#chat-contacts), to the letter.
 * @returns the sender it names, or null when the text is anything else
 */
export function pairingReplySender(text: string): string | null {
  const plain = text.replaceAll('`', '').trim();
  const [, sender, code] = shape.exec(plain) ?? [];
  if (sender === undefined || code === undefined) return null;
  const folded = (whole: string): string => whole.replaceAll(/\s+/gu, ' ').trim();
  return folded(plain) === folded(imessagePairingReply(sender, code)) ? sender : null;
}

/** Goes to the number of somebody the owner has just approved. */
export function isApprovedNotice(text: string): boolean {
  return text.trim() === approvedNotice;
}
