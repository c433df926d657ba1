/** OpenClaw's hooks, parsed at the border. Nothing thrown here reaches the gateway: its answer to that is to send. */
import { z } from 'zod';
import { addressKey } from '../../electron/contract/guard/address.ts';
import { rememberContacts } from '../store/contacts.ts';
import { canonicalChannel } from '../../electron/contract/guard/channel-ids.ts';
import { channelsOfCall, ownSurface } from './call-channels.ts';
import { guardOutgoing } from './outgoing.ts';
import type { OutgoingParts, Passage } from './outgoing.ts';
import { rememberSession } from './shared-state.ts';
import { conversationKey } from './stopped-entry.ts';
import type { Outgoing } from './stopped-entry.ts';
import { turnConversation } from './tool-turn.ts';
import { readToolSend, withCanonicalPeople } from './tool-send.ts';
import type { ToolParams } from './tool-send.ts';

const text = z.string();
const messageContext = z.object({
  channelId: text,
  accountId: text.nullish(),
  conversationId: text.nullish(),
  sessionKey: text.nullish(),
  runId: text.nullish(),
});
const sendingEvent = z.object({
  to: text,
  content: text.nullish(),
  metadata: z.object({ mediaUrls: z.array(text).nullish() }).nullish(),
});
const sentEvent = z.object({ to: text, success: z.boolean() });
const receivedEvent = z.object({ from: text, senderId: text.nullish(), sessionKey: text.nullish() });
const toolEvent = z.object({ toolName: text, params: z.record(text, z.unknown()), runId: text.nullish() });
const toolContext = z.object({
  agentId: text.nullish(),
  sessionKey: text.nullish(),
  runId: text.nullish(),
  /** Despite its name the conversation of the turn; some turns give the channel. */
  channelId: text.nullish(),
  requester: z.object({ channel: text.nullish(), accountId: text.nullish() }).nullish(),
});
const pairingEvent = z.object({ channel: text, accountId: text.nullish() });

export interface HookParts extends OutgoingParts {
  readonly warn: (line: string) => void;
}

/** `message_sending`: returning nothing lets the message go, `cancel` stops it. */
export async function onMessageSending(
  parts: HookParts,
  event: unknown,
  context: unknown,
  holdMs: number,
): Promise<{ cancel: true; cancelReason: string; metadata: { guardId: string | null } } | undefined> {
  const passage = await guarded(parts, async () => {
    const { to, content, metadata } = sendingEvent.parse(event);
    const from = messageContext.parse(context);
    // Replies in the gateway's own web chat stay with the owner.
    if (from.channelId === ownSurface) return { pass: true };
    const outgoing: Outgoing = {
      channels: [canonicalChannel(from.channelId)],
      account: from.accountId ?? null,
      to: [to],
      action: 'text',
      text: content ?? '',
      texts: [content ?? ''],
      files: (metadata?.mediaUrls ?? []).map((name) => ({ name })),
      content: content ?? '',
      transportActions: null,
      cause: cause(null, from.sessionKey, from.runId),
    };
    return await guardOutgoing(parts, outgoing, holdMs);
  });
  if (passage.pass) return undefined;
  return { cancel: true, cancelReason: passage.reason, metadata: { guardId: passage.id } };
}

/**
 * `before_tool_call`: reactions, polls and other actions of the message tool that never reach `message_sending`. What
 * may go on goes on with its people written canonically, so that nobody behind us reads them another way.
 */
export async function onBeforeToolCall(
  parts: HookParts,
  event: unknown,
  context: unknown,
  holdMs: number,
): Promise<{ block: true; blockReason: string } | { params: ToolParams } | undefined> {
  const call = toolEvent.safeParse(event);
  if (!call.success || call.data.toolName !== 'message') return undefined;
  const rewritten: { params: ToolParams | null } = { params: null };
  const passage = await guarded(parts, async () => {
    const from = toolContext.parse(context);
    const facts = parts.facts();
    const named = text.safeParse(call.data.params['channel']).data ?? null;
    const channels = channelsOfCall(named, from.requester?.channel ?? null, facts.channels);
    const [channel, ...others] = channels;
    if (channel !== undefined && others.length === 0) {
      const account = text.safeParse(call.data.params['accountId']).data ?? null;
      rewritten.params = withCanonicalPeople(call.data.params, {
        channel,
        region: facts.regionOf(channel, account),
      });
    }
    const written = rewritten.params ?? call.data.params;
    const send = readToolSend(written);
    if (send === null) return { pass: true };
    const outgoing: Outgoing = {
      ...send,
      channels,
      to: send.to.length > 0 ? send.to : [turnConversation(parts, from, channels)],
      content: JSON.stringify(written),
      cause: cause(from.agentId, from.sessionKey, from.runId ?? call.data.runId),
    };
    return await guardOutgoing(parts, outgoing, holdMs);
  });
  if (!passage.pass) return { block: true, blockReason: passage.reason };
  const { params } = rewritten;
  return params === null ? undefined : { params };
}

/** `message_received`: whoever writes opens their conversation, so that answers there are replies. */
export function onMessageReceived(parts: HookParts, event: unknown, context: unknown): void {
  quietly(parts, () => {
    const { from, senderId, sessionKey } = receivedEvent.parse(event);
    const { channelId, conversationId, sessionKey: contextSession } = messageContext.parse(context);
    if (channelId === ownSurface || !conversationId) return;
    const address = { channel: canonicalChannel(channelId), region: null };
    const key = addressKey(conversationId, address);
    if (key === null) return;
    const session = sessionKey ?? contextSession;
    if (session) rememberSession(parts.state, session, conversationId);
    const group = /\bgroup:/iu.test(from) || key.startsWith('group:');
    const person = senderId ? addressKey(senderId, address) : null;
    // Who else reads along in a group is not told, and one member must not stand for all.
    const people = group || person === null ? [] : [person];
    rememberContacts(parts.files, address.channel, [key, ...(person === null ? [] : [person])]);
    parts.book.remember({ keys: [conversationKey(address.channel, key)], people, openedAt: parts.now() });
  });
}

/** `message_sent`: whoever was written to is no first contact any more. */
export function onMessageSent(parts: HookParts, event: unknown, context: unknown): void {
  quietly(parts, () => {
    const { to, success } = sentEvent.parse(event);
    const { channelId, accountId } = messageContext.parse(context);
    if (!success || channelId === ownSurface) return;
    const channel = canonicalChannel(channelId);
    const key = addressKey(to, { channel, region: parts.facts().regionOf(channel, accountId ?? null) });
    if (key === null) return;
    const people = parts.book.find(conversationKey(channel, key))?.people ?? [];
    rememberContacts(parts.files, channel, [key, ...(people.length === 1 ? people : [])]);
  });
}

/** `channel_pairing_requested`: the gateway itself pushes nothing when a stranger knocks. */
export function onPairingRequested(parts: HookParts, event: unknown): void {
  quietly(parts, () => {
    const { channel, accountId } = pairingEvent.parse(event);
    parts.state.emit?.('pairing-requested', { channel, account: accountId ?? null });
  });
}

async function guarded(parts: HookParts, work: () => Promise<Passage>): Promise<Passage> {
  try {
    return await work();
  } catch (error: unknown) {
    parts.warn(`a send was stopped because the guard failed: ${describe(error)}`);
    return { pass: false, id: null, reason: 'portcullis-guard: not sent (guard failed)' };
  }
}

function quietly(parts: HookParts, work: () => void): void {
  try {
    work();
  } catch (error: unknown) {
    parts.warn(`an event could not be read: ${describe(error)}`);
  }
}

function cause(
  agentId: string | null | undefined,
  sessionKey: string | null | undefined,
  runId: string | null | undefined,
): Outgoing['cause'] {
  const named = /^agent:([^:]+):/u.exec(sessionKey ?? '')?.[1] ?? null;
  return {
    agentId: (agentId ?? named)?.slice(0, 200) ?? null,
    sessionKey: sessionKey?.slice(0, 400) ?? null,
    runId: runId?.slice(0, 200) ?? null,
    process: null,
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 300)}` : 'unknown error';
}
