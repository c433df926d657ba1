/** One open request inside the inbox: its state, its place in the queues, and how it looks from outside. */
import type { Decision, RequestOutcome, RequestView } from '../../contract/request.ts';
import { assertNever } from '../../contract/result.ts';
import type { IncomingRequest } from './incoming.ts';
import type { StateKey } from './incoming-base.ts';
import type { HeapHandle } from './ordered-heap.ts';
import { elevationFor, type HeldAuthority } from './scopes.ts';
import { sendView, type SendGate } from './send-view.ts';

/** Our answer, while it is on its way. */
export interface InFlight {
  readonly attempt: number;
  readonly decision: Decision;
  /** The same decision was sent before, and whether it counted is not known. */
  readonly repeats: boolean;
  /** Epoch ms when we stop waiting. */
  deadline: number;
  /** The gateway announced this decision, and our own answer will tell whether it was ours. */
  announced: RequestOutcome['decision'] | null;
  /** A list no longer held the request. */
  absent: boolean;
}

export interface Entry {
  request: IncomingRequest;
  status: 'pending' | 'submitting' | 'lost';
  revision: number;
  armedAt: number;
  /** Inbox sequence number since when it is known: only a list asked for later can tell that it is gone. */
  knownSince: number;
  /** The gateway still listed it after its computed end (the device asked again); epoch ms of the next look. */
  outlivedUntil: number | null;
  /** Its time is up; epoch ms until when a list may still say otherwise. */
  endCheckUntil: number | null;
  note: string | null;
  submission: InFlight | null;
  /** Our answers the gateway neither confirmed nor refused. */
  sent: readonly Decision[];
  /** Our answer the gateway accepted; its event or absence from a list completes it. */
  accepted: Decision | null;
  /** Remark that goes with our accepted answer. */
  acceptedNote: string | null;
  place: HeapHandle<Entry> | null;
  wake: HeapHandle<Entry> | null;
  view: RequestView | null;
  viewEpoch: number;
}

export function newEntry(
  request: IncomingRequest,
  revision: number,
  armedAt: number,
  knownSince: number,
): Entry {
  return {
    request,
    status: 'pending',
    revision,
    armedAt,
    knownSince,
    outlivedUntil: null,
    endCheckUntil: null,
    note: null,
    submission: null,
    sent: [],
    accepted: null,
    acceptedNote: null,
    place: null,
    wake: null,
    view: null,
    viewEpoch: -1,
  };
}

/** Oldest first; the key makes the order total. */
export function isOlder(a: Entry, b: Entry): boolean {
  const difference = a.request.requestedAt - b.request.requestedAt;
  return difference < 0 || (difference === 0 && a.request.key < b.request.key);
}

/** When the inbox must look at this entry again; Infinity = not by itself. */
export function wakeTime(entry: Entry): number {
  if (entry.submission !== null) return entry.submission.deadline;
  if (entry.status === 'lost') return Infinity;
  return entry.outlivedUntil ?? entry.endCheckUntil ?? entry.request.expiresAt ?? Infinity;
}

export function wakesEarlier(a: Entry, b: Entry): boolean {
  return wakeTime(a) < wakeTime(b);
}

/** The computed end has passed, whether or not the gateway still lists the request. */
export function isOverdue(entry: Entry, now: number): boolean {
  return entry.request.expiresAt !== null && entry.request.expiresAt <= now;
}

/** Overdue, and the gateway did not say that it lives on. */
export function isPastEnd(entry: Entry, now: number): boolean {
  return entry.outlivedUntil === null && isOverdue(entry, now);
}

export function outcomeOf(decision: Decision): 'approved' | 'denied' {
  return decision === 'approve' ? 'approved' : 'denied';
}

/** Could the announced decision be the effect of one of these answers of ours? */
export function isAmong(sent: readonly Decision[], decided: RequestOutcome['decision']): boolean {
  return sent.some((decision) => outcomeOf(decision) === decided);
}

/** Same for the owner's eye and hand: nothing to redraw. */
export function looksTheSame(a: IncomingRequest, b: IncomingRequest): boolean {
  return (
    a.facts === b.facts &&
    a.requestedAt === b.requestedAt &&
    a.expiresAt === b.expiresAt &&
    a.requiredScopes.join() === b.requiredScopes.join() &&
    (a.kind !== 'chat' || b.kind !== 'chat' || (a.lastSeenAt === b.lastSeenAt && a.asks === b.asks)) &&
    (a.kind !== 'send' || b.kind !== 'send' || (a.state === b.state && a.heldUntil === b.heldUntil))
  );
}

/** What an open request looks like depends on these, too. */
export interface Surroundings {
  /** What our connection at rest may do. */
  readonly held: HeldAuthority;
  readonly sendGate: SendGate;
}

export function openView(entry: Entry, { held, sendGate }: Surroundings): RequestView {
  const state = {
    status: entry.status,
    revision: entry.revision,
    armedAt: entry.armedAt,
    expiresAt: entry.outlivedUntil === null ? entry.request.expiresAt : null,
    elevation: elevationFor(entry.request, held),
    note: entry.note,
    outcome: null,
  };
  return toView(entry.request, state, sendGate);
}

/** @param outcome null = expired by our clock */
export function closedView(
  request: IncomingRequest,
  revision: number,
  outcome: RequestOutcome | null,
  note: string | null,
): RequestView {
  const state = {
    status: outcome === null ? 'expired' : 'settled',
    revision,
    armedAt: request.requestedAt,
    expiresAt: request.expiresAt,
    elevation: [],
    note,
    outcome,
  } as const;
  return toView(request, state, 'open');
}

type StateOfView = Pick<RequestView, StateKey | 'expiresAt'>;

function toView(request: IncomingRequest, state: StateOfView, sendGate: SendGate): RequestView {
  if (request.kind === 'send') return sendView(request, state, sendGate);
  const { key, who, requestedAt, fullyShown } = request;
  const base = { key, who, requestedAt, fullyShown, ...state };
  switch (request.kind) {
    case 'chat': {
      const { kind, channel, channelLabel, accountId, lastSeenAt, asks, notifySupported } = request;
      return { ...base, kind, channel, channelLabel, accountId, lastSeenAt, asks, notifySupported };
    }
    case 'device': {
      const { kind, fingerprint, platform, address, role, scopes, repair } = request;
      return { ...base, kind, fingerprint, platform, address, role, scopes, repair };
    }
    case 'node': {
      const { kind, fingerprint, platform, commands, capabilities, permissions } = request;
      return { ...base, kind, fingerprint, platform, commands, capabilities, permissions };
    }
    default:
      return assertNever(request);
  }
}
