/** What the gateway answers a stranger on iMessage, word for word (docs/GATEWAY-PROTOCOL.md#chat-contacts). */
const sampleCode = 'ABCD2345';

/** @param sender as the gateway knows the stranger; their own number or e-mail address */
export function imessagePairingReply(sender = '+15551234567', code = sampleCode): string {
  return [
    'OpenClaw: access not configured.',
    '',
    `Your iMessage sender id: ${sender}`,
    'Pairing code:',
    '',
    code,
    '',
    'Ask the bot owner to approve with:',
    '',
    `openclaw pairing approve imessage ${code}`,
    '',
  ].join('\n');
}
