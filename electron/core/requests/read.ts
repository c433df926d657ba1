/**
 * Reads what the gateway answers and announces about pairing and stopped messages: method and event names, parsing, and what each means
 * for the inbox. The single place that knows these names.
 */
import type { RequestKind } from '../../contract/request.ts';
import { guardEventSchema } from '../../contract/guard/blocked-send.ts';
import { isForbidden } from '../../contract/guard/blocked-send.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { z } from 'zod';
import type { GatewayEvent } from '../ports.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { incomingChat, incomingDevice, incomingNode, type IncomingRequest } from './incoming.ts';
import { incomingSends } from './incoming-send.ts';
import { sendListWire, sendWire } from './send-wire.ts';
import {
  chatListWire,
  chatWire,
  deviceListWire,
  deviceWire,
  nodeListWire,
  nodeWire,
  pairedDeviceWire,
  parseEntries,
  resolvedWire,
  sendIdOf,
  tickWire,
  type ParsedEntries,
} from './wire.ts';

export const listMethods: Readonly<Record<RequestKind, string>> = {
  chat: 'channels.pairing.list',
  device: 'device.pair.list',
  node: 'node.pair.list',
  send: 'portcullis-guard.list',
};

/** One answer of a list method. */
export interface RequestList {
  readonly requests: readonly IncomingRequest[];
  /** Ids of all entries, also of those that could not be read. */
  readonly listedIds: ReadonlySet<string>;
  /** Entries that could not be read; worth a notice. */
  readonly rejected: number;
  /** True when whatever is not in it is not pending at the gateway. */
  readonly complete: boolean;
  /** Chat contacts: how many one account can have waiting; further ones are dropped. Null: not told. */
  readonly pendingPerAccount: number | null;
}

/** @returns an unreadable list as `bad-list`, which means "no news", never "empty" */
export function readList(
  kind: RequestKind,
  payload: unknown,
  clock: GatewayClock,
): Result<RequestList, 'bad-list'> {
  switch (kind) {
    case 'chat': {
      const list = chatListWire.safeParse(payload);
      if (!list.success) return fail('bad-list');
      const { requests, limits } = list.data;
      return ok({
        ...toList(parseEntries(chatWire, requests), (wire) => incomingChat(wire, clock)),
        pendingPerAccount: limits?.pendingPerAccount ?? null,
      });
    }
    case 'device': {
      const list = deviceListWire.safeParse(payload);
      if (!list.success) return fail('bad-list');
      const held = heldByDevice(list.data.paired ?? []);
      return ok(
        toList(parseEntries(deviceWire, list.data.pending), (wire) =>
          incomingDevice(wire, clock, held.get(wire.deviceId) ?? null),
        ),
      );
    }
    case 'node': {
      const list = nodeListWire.safeParse(payload);
      if (!list.success) return fail('bad-list');
      return ok(toList(parseEntries(nodeWire, list.data.pending), (wire) => incomingNode(wire, clock)));
    }
    case 'send': {
      const list = sendListWire.safeParse(payload);
      return list.success ? ok(readSends(list.data, clock)) : fail('bad-list');
    }
  }
}

function toList<T>(parsed: ParsedEntries<T>, toRequest: (wire: T) => IncomingRequest): RequestList {
  const { entries, listedIds, rejected, complete } = parsed;
  return { requests: entries.map(toRequest), listedIds, rejected, complete, pendingPerAccount: null };
}

/** Messages refused for good are no requests; those left out for their size still are. */
function readSends({ sends, omitted }: z.infer<typeof sendListWire>, clock: GatewayClock): RequestList {
  const { entries, listedIds, rejected, complete } = parseEntries(sendWire, sends, sendIdOf);
  const asking = entries.filter((send) => !isForbidden(send));
  const listed = new Set([...listedIds, ...omitted]);
  for (const send of entries) if (isForbidden(send)) listed.delete(send.id);
  const requests = incomingSends(asking, clock);
  return { requests, listedIds: listed, rejected, complete, pendingPerAccount: null };
}

function heldByDevice(paired: readonly unknown[]): ReadonlyMap<string, readonly string[]> {
  const held = new Map<string, readonly string[]>();
  for (const raw of paired) {
    const device = pairedDeviceWire.safeParse(raw);
    if (device.success) held.set(device.data.deviceId, device.data.scopes ?? []);
  }
  return held;
}

export type ResolvedDecision = 'approved' | 'denied' | 'withdrawn';

/** What a gateway event means for the inbox. */
export type InboxNews =
  | { readonly type: 'requested'; readonly request: IncomingRequest }
  | {
      readonly type: 'resolved';
      readonly kind: RequestKind;
      readonly id: string;
      readonly decision: ResolvedDecision;
      /** Epoch ms, our clock. */
      readonly at: number;
    }
  /** A message was stopped, whole in its event. */
  | { readonly type: 'stopped'; readonly request: IncomingRequest }
  /** This message was let out; whether that means that it left, the inbox knows. */
  | { readonly type: 'let-out'; readonly id: string }
  /** Something changed that the event does not carry: read this list again. */
  | { readonly type: 'relist'; readonly kind: RequestKind }
  /** A pairing event that could not be read: worth a log line, and the list tells the truth. */
  | { readonly type: 'unreadable'; readonly kind: RequestKind };

/** @returns null for events that are not about pairing */
export function readEvent(event: GatewayEvent, clock: GatewayClock): InboxNews | null {
  switch (event.name) {
    case 'device.pair.requested': {
      const wire = deviceWire.safeParse(event.payload);
      if (!wire.success) return { type: 'unreadable', kind: 'device' };
      clock.observe(wire.data.ts);
      return { type: 'requested', request: incomingDevice(wire.data, clock, null) };
    }
    case 'node.pair.requested': {
      const wire = nodeWire.safeParse(event.payload);
      if (!wire.success) return { type: 'unreadable', kind: 'node' };
      clock.observe(wire.data.ts);
      return { type: 'requested', request: incomingNode(wire.data, clock) };
    }
    case 'device.pair.resolved':
      return readResolved('device', event.payload, clock);
    case 'node.pair.resolved':
      return readResolved('node', event.payload, clock);
    case 'device.pair.changed':
      return { type: 'relist', kind: 'device' };
    // The guard plugin's push: its payload lacks what an answer needs, so it only says "look now".
    case 'plugin.portcullis-guard.pairing-requested':
      return { type: 'relist', kind: 'chat' };
    case 'plugin.portcullis-guard.blocked':
      return readBlocked(event.payload, clock);
    case 'plugin.portcullis-guard.settled':
      return readSettled(event.payload, clock);
    case 'tick': {
      const tick = tickWire.safeParse(event.payload);
      if (tick.success) clock.observe(tick.data.ts);
      return null;
    }
    default:
      return null;
  }
}

function readResolved(kind: 'device' | 'node', payload: unknown, clock: GatewayClock): InboxNews {
  const wire = resolvedWire.safeParse(payload);
  if (!wire.success) return { type: 'unreadable', kind };
  clock.observe(wire.data.ts);
  // A removed node comes without a request id.
  if (wire.data.requestId === '') return { type: 'relist', kind };
  return {
    type: 'resolved',
    kind,
    id: wire.data.requestId,
    decision: resolvedDecision(wire.data.decision),
    at: clock.toOurs(wire.data.ts),
  };
}

/** @returns null for a message refused for good, which is no request */
function readBlocked(payload: unknown, clock: GatewayClock): InboxNews | null {
  const event = guardEventSchema.safeParse(payload);
  const wire = sendWire.safeParse(event.success ? event.data.entry : undefined);
  if (!wire.success) return { type: 'relist', kind: 'send' };
  if (isForbidden(wire.data)) return null;
  const [request] = incomingSends([wire.data], clock);
  return request === undefined ? null : { type: 'stopped', request };
}

function readSettled(payload: unknown, clock: GatewayClock): InboxNews {
  const event = guardEventSchema.safeParse(payload);
  if (!event.success) return { type: 'unreadable', kind: 'send' };
  const { id, state } = event.data;
  switch (state) {
    case 'sent':
    case 'denied': {
      const decision = state === 'sent' ? 'approved' : 'denied';
      return { type: 'resolved', kind: 'send', id, decision, at: clock.now() };
    }
    case 'allowed':
      return { type: 'let-out', id };
    case 'held':
    case 'refused':
      return { type: 'relist', kind: 'send' };
  }
}

function resolvedDecision(decision: string): ResolvedDecision {
  if (decision === 'approved') return 'approved';
  return decision === 'rejected' ? 'denied' : 'withdrawn';
}
