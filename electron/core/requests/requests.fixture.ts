/** Wire entries and an inbox with a clock that tests set, for the tests of this folder and of notify and tray. */
import type { Decision, RequestView } from '../../contract/request.ts';
import type { Result } from '../../contract/result.ts';
import { GatewayClock } from './gateway-clock.ts';
import { Inbox, inboxTimes, type InboxOptions } from './inbox.ts';
import { incomingChat, incomingDevice, incomingNode, type IncomingRequest } from './incoming.ts';
import type { RequestList } from './read.ts';
import type { Submission } from './submission.ts';
import { incomingSends } from './incoming-send.ts';
import type { SendWire } from './send-wire.ts';
import { chatWire } from './wire.ts';

export const startTime = 1_800_000_000_000;
export const restScopes = ['operator.read', 'operator.write', 'operator.pairing', 'operator.approvals'];

export class ManualClock {
  time = startTime;
  now(): number {
    return this.time;
  }
  advance(ms: number): void {
    this.time += ms;
  }
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function chatEntry(requestId: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    requestId,
    channel: 'imessage',
    channelLabel: 'iMessage',
    accountId: 'default',
    senderId: '+15551230001',
    senderLabel: 'imessageSenderId',
    createdAt: iso(startTime),
    lastSeenAt: iso(startTime),
    expiresAt: iso(startTime + 3_600_000),
    notifySupported: true,
    ...more,
  };
}

export function deviceEntry(requestId: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    requestId,
    deviceId: '19d1aabbccddeeff19d1aabbccddeeff19d1aabbccddeeff19d1aabbccdd7734',
    publicKey: '999z',
    displayName: 'Bob laptop',
    platform: 'win32',
    deviceFamily: 'Windows',
    clientId: 'gateway-client',
    clientMode: 'ui',
    role: 'operator',
    roles: ['operator'],
    scopes: ['operator.read', 'operator.write'],
    silent: false,
    isRepair: false,
    ts: startTime,
    ...more,
  };
}

export function nodeEntry(requestId: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    requestId,
    nodeId: '84a0aabbccddeeff84a0aabbccddeeff84a0aabbccddeeff84a0aabbccdd6cbc',
    displayName: 'Lab node',
    platform: 'linux',
    deviceFamily: 'Linux',
    caps: ['camera'],
    commands: ['camera.snap'],
    requiredApproveScopes: ['operator.pairing', 'operator.write'],
    permissions: { 'camera.capture': true },
    silent: true,
    ts: startTime,
    ...more,
  };
}

/** A text to somebody nobody allowed, refused by now. */
export function sendEntry(id: string, more: Partial<SendWire> = {}) {
  return {
    version: 1,
    id,
    layer: 'gateway-plugin',
    state: 'refused',
    channel: 'imessage',
    account: 'default',
    action: 'text',
    targets: [{ to: '+15551239999', key: '+15551239999', people: [] }],
    text: 'The invoice is 4,200 euro.',
    textComplete: true,
    textSha256: 'a'.repeat(64),
    media: [],
    cause: { agentId: 'main', sessionKey: 'agent:main:main', runId: null, process: null },
    rule: 'unlisted',
    createdAt: startTime,
    lastAt: startTime,
    attempts: 1,
    until: null,
    holder: null,
    contacted: true,
    ...more,
  } satisfies SendWire;
}

export function sameClock(clock: ManualClock): GatewayClock {
  return new GatewayClock(clock);
}

export function chat(requestId: string, more: Readonly<Record<string, unknown>> = {}): IncomingRequest {
  return incomingChat(chatWire.parse(chatEntry(requestId, more)), sameClock(new ManualClock()));
}

export function device(requestId: string, more: Readonly<Record<string, unknown>> = {}): IncomingRequest {
  return incomingDevice(deviceEntry(requestId, more), sameClock(new ManualClock()), null);
}

export function node(requestId: string, more: Readonly<Record<string, unknown>> = {}): IncomingRequest {
  return incomingNode(nodeEntry(requestId, more), sameClock(new ManualClock()));
}

export function send(id: string, more: Partial<SendWire> = {}): IncomingRequest {
  const [request] = incomingSends([sendEntry(id, more)], sameClock(new ManualClock()));
  if (request === undefined) throw new Error('No send.');
  return request;
}

export function listOf(...requests: readonly IncomingRequest[]): RequestList {
  const listedIds = new Set(requests.map((request) => request.id));
  return { requests, listedIds, rejected: 0, complete: true, pendingPerAccount: null };
}

/** An inbox that is connected unless told otherwise. */
export function openInbox(more: Partial<InboxOptions> = {}): {
  readonly inbox: Inbox;
  readonly clock: ManualClock;
} {
  const clock = new ManualClock();
  const inbox = new Inbox({
    clock,
    ...inboxTimes,
    held: () => ({ scopes: restScopes, ownDeviceOnly: false }),
    sendGate: () => 'open',
    ownDeviceId: () => null,
    ...more,
  });
  inbox.connected();
  return { inbox, clock };
}

/** The owner answers what is shown now. */
export function ask(inbox: Inbox, key: string, decision: Decision, elevate = false): Result<Submission> {
  return inbox.submit({ key, revision: inbox.get(key)?.revision ?? -1, decision, elevate });
}

/** The submission, or an error that names the refusal. */
export function submitted(result: Result<Submission>): Submission {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

/** What became of a request, in short. */
export function facts(view: RequestView | null) {
  if (view === null) return null;
  const { status, outcome, note } = view;
  return {
    status,
    decision: outcome?.decision ?? null,
    by: outcome?.by ?? null,
    note: note ?? outcome?.note ?? null,
  };
}

/** A device request that has been there long enough to be approved. */
export function withArmedDevice() {
  const { inbox, clock } = openInbox();
  inbox.applyRequested(device('d1'));
  clock.advance(1_000);
  return { inbox, clock };
}
