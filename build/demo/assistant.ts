/** What wants out: a message the assistant sends, tried through the gateway's own `send`. */
import { randomUUID } from 'node:crypto';
import { GatewayClientRequestError, type GatewayClient } from '@openclaw/gateway-client';
import { operatorConnects, type Door } from './visitors.ts';

export type Sent = { readonly sent: true } | { readonly sent: false; readonly why: string };

/** A held message keeps its sender waiting; the gateway's own patience ends after this. */
const longestHoldMs = 600_000;

/** A connection that may send and nothing else. */
export function assistantConnects(gateway: Door): Promise<GatewayClient> {
  return operatorConnects(gateway, ['operator.write'], () => undefined);
}

/** Resolves when the message has left or was refused, which takes as long as somebody thinks about it. */
export async function assistantWrites(assistant: GatewayClient, to: string, message: string): Promise<Sent> {
  const params = { channel: 'imessage', to, message, idempotencyKey: randomUUID() };
  try {
    await assistant.request('send', params, { timeoutMs: longestHoldMs });
    return { sent: true };
  } catch (error: unknown) {
    // Also when the connection ends meanwhile: then nobody can say more than that.
    return { sent: false, why: whyNot(error) };
  }
}

function whyNot(error: unknown): string {
  if (error instanceof GatewayClientRequestError) return error.message;
  return error instanceof Error ? `not known: ${error.message}` : 'not known';
}
