/** The fixed texts the gateway itself sends to people it does not know yet. */

/**
 * The automatic answer to a stranger (docs/GATEWAY-PROTOCOL.md#chat-contacts); formatting may have lost its blank
 * lines.
 */
const pairingReply =
  /^OpenClaw: access not configured\.\s+Your [^\n]{1,80} id: [^\n]{1,400}\s+Pairing code:\s+\S{4,16}\s+Ask the bot owner to approve with:\s+openclaw pairing approve \S+ \S{4,16}\s*$/u;

const approvedNotice = '✅ OpenClaw access approved. Send a message to start chatting.';

export function isPairingReply(text: string): boolean {
  return pairingReply.test(text.replaceAll('`', ''));
}

/** Goes to the number of somebody the owner has just approved, so it counts as an answer to that person. */
export function isApprovedNotice(text: string): boolean {
  return text.trim() === approvedNotice;
}
