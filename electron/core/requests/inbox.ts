/**
 * The queue of everyone who asks to be let in, and of every message that asks to get out. Events, lists, answers and time come in, in any order and as often as
 * they like; the same truth comes out. Nothing but `submit` ever leads to an answer being sent.
 */
import type { DecideInput } from '../../contract/schemas.ts';
import type { RequestKind, RequestView, WholeText } from '../../contract/request.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { answerErrorTexts } from '../../contract/strings.ts';
import { Answering, type AnsweringOptions } from './answering.ts';
import { DeltaBuilder, noChange, type InboxDelta } from './delta.ts';
import type { IncomingRequest } from './incoming.ts';
import { keyOf } from './incoming-base.ts';
import { isHeld, isUnderWay } from './incoming-send.ts';
import { isPastEnd, looksTheSame, type Entry } from './inbox-entry.ts';
import type { RequestList, ResolvedDecision } from './read.ts';
import { RequestQueue, type InboxViews, type QueueOptions } from './request-queue.ts';
import { seesOnlyOwn } from './scopes.ts';
import { wholeText } from './send-view.ts';
import type { Answer, Submission, SubmitInput } from './submission.ts';

export interface InboxOptions extends QueueOptions, AnsweringOptions {
  /** Requests of this device are our own and not for the owner to answer here. */
  readonly ownDeviceId: () => string | null;
}

/** What the product uses; tests choose their own. */
export const inboxTimes = {
  armDelayMs: 1_000,
  confirmDeadlineMs: 10_000,
  elevatedDeadlineMs: 60_000,
} as const;

/** Proof of when a list was asked for; a list without one cannot be applied. */
export interface ListTicket {
  readonly kind: RequestKind;
  readonly seq: number;
  readonly generation: number;
}

/** While connected, a request whose time is up stays this long for the list to say whether it really ended. */
const endCheckMs = 3_000;
/** A request that outlives its computed end is looked up again this often. */
const lookAgainMs = 60_000;

export class Inbox {
  readonly #options: InboxOptions;
  readonly #queue: RequestQueue;
  readonly #answering: Answering;
  readonly #lastList: Record<RequestKind, number> = { chat: 0, device: 0, node: 0, send: 0 };
  #connected = false;
  /** Grows with every lost connection: lists asked for before are ignored. */
  #generation = 0;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#queue = new RequestQueue(options);
    this.#answering = new Answering(this.#queue, options);
  }

  // ---------------------------------------------------------------- connection

  /** Handshake done and lists read: answers may be sent. Lists may be applied before. */
  connected(): void {
    this.#connected = true;
    this.#queue.surroundingsChanged();
  }

  /** What the guard lets out may have changed: what can be answered is shown anew. */
  guardChanged(): void {
    this.#queue.surroundingsChanged();
  }

  /** Answers on their way become `lost` until a list of the next connection tells what happened. */
  disconnected(): InboxDelta {
    const delta = new DeltaBuilder();
    this.#connected = false;
    this.#generation += 1;
    this.#answering.loseAll(delta);
    return delta.build();
  }

  /** Another gateway: everything known belongs to the old one. */
  clear(): void {
    this.disconnected();
    this.#queue.clear();
  }

  /** Who asks in an open chat request, as the gateway names them; null when it is none, or gone. */
  chatSender(key: string): { readonly channel: string; readonly senderId: string } | null {
    const request = this.#queue.findKey(key)?.request;
    return request?.kind === 'chat' ? request : null;
  }

  // ---------------------------------------------------------------- news from the gateway

  /** To be called right before a list is asked for. */
  listStarted(kind: RequestKind): ListTicket {
    return { kind, seq: this.#queue.nextSeq(), generation: this.#generation };
  }

  /** A list that failed or could not be read is no news: do not call this. */
  applyList(ticket: ListTicket, list: RequestList): InboxDelta {
    if (ticket.generation !== this.#generation || ticket.seq < this.#lastList[ticket.kind]) return noChange;
    this.#lastList[ticket.kind] = ticket.seq;
    const delta = new DeltaBuilder();
    // Events tell about everyone, such a list does not: absence from it means nothing.
    const complete = list.complete && !seesOnlyOwn(ticket.kind, this.#options.held());
    for (const request of list.requests) {
      if (request.kind === ticket.kind && !this.#isOwn(request)) this.#applyListed(request, ticket, delta);
    }
    for (const entry of this.#queue.openOf(ticket.kind)) {
      if (list.listedIds.has(entry.request.id)) this.#answering.listed(entry, delta);
      else if (complete && entry.knownSince < ticket.seq) this.#answering.absent(entry, delta);
    }
    return delta.build();
  }

  applyRequested(request: IncomingRequest): InboxDelta {
    if (this.#isOwn(request)) return noChange;
    const delta = new DeltaBuilder();
    const entry = this.#queue.find(request.kind, request.id);
    const tombstone = this.#queue.buried(request.key);
    if (entry !== null) {
      if (request.version > entry.request.version) {
        entry.knownSince = this.#queue.nextSeq();
        this.#updateFacts(entry, request, delta);
      }
    } else if (tombstone === null) {
      this.#addUnlessPast(request, 1, delta);
    } else if (tombstone.last === null) {
      this.#queue.explain(request, tombstone, delta);
    } else if (!tombstone.final && request.version > tombstone.last.version) {
      this.#addUnlessPast(request, tombstone.last.revision + 1, delta);
    }
    return delta.build();
  }

  /** A message was let out. One whose sender waits for that leaves now; any other is under way, as a list tells. */
  applyLetOut(id: string): InboxDelta {
    const delta = new DeltaBuilder();
    const entry = this.#queue.find('send', id);
    if (entry !== null && isHeld(entry.request)) {
      this.#answering.resolved(entry, 'approved', this.#options.clock.now(), delta);
    } else {
      delta.readAgain('send');
    }
    return delta.build();
  }

  /** @param at epoch ms, our clock */
  applyResolved(kind: RequestKind, id: string, decision: ResolvedDecision, at: number): InboxDelta {
    const delta = new DeltaBuilder();
    const entry = this.#queue.find(kind, id);
    if (entry === null) this.#queue.correctSettled(keyOf(kind, id), decision, at, null, delta);
    else this.#answering.resolved(entry, decision, at, delta);
    return delta.build();
  }

  // ---------------------------------------------------------------- the owner's answer

  /** The only way to an answer. The caller sends it and reports back with `answered`, whatever happens. */
  submit(input: SubmitInput): Result<Submission> {
    return this.#answering.submit(input, this.#connected, new DeltaBuilder());
  }

  /**
   * For an answer that could not be sent at once. False: since the owner decided, the request changed or was
   * answered, or the connection was lost, or it took too long. Then the answer must not be sent any more.
   */
  stillStands({ key, attempt, revision }: Submission): boolean {
    const entry = this.#queue.findKey(key);
    return this.#connected && entry?.submission?.attempt === attempt && entry.revision === revision;
  }

  answered(submission: Submission, answer: Answer): InboxDelta {
    const delta = new DeltaBuilder();
    this.#answering.answered(submission, answer, delta);
    return delta.build();
  }

  // ---------------------------------------------------------------- time

  /** Applies everything that is due by our clock. Never approves or denies anything. */
  expire(): InboxDelta {
    const delta = new DeltaBuilder();
    const now = this.#options.clock.now();
    for (let entry = this.#queue.due(now); entry !== null; entry = this.#queue.due(now)) {
      this.#wake(entry, now, delta);
    }
    this.#queue.tidy(now);
    return delta.build();
  }

  /** Epoch ms at which `expire` should run next, or null. */
  nextWake(): number | null {
    return this.#queue.nextWake();
  }

  // ---------------------------------------------------------------- what is shown

  /** Cheap, and the identical object until something changes. @param limit open requests shown */
  views(limit: number): InboxViews {
    return this.#queue.views(limit);
  }

  /** An open or recently answered request. */
  get(key: string): RequestView | null {
    return this.#queue.view(key);
  }

  /** The whole text of a stopped message that is still open, safe to look at, never cut. */
  sendText({ key, revision }: DecideInput): Result<WholeText> {
    const entry = this.#queue.findKey(key);
    if (entry?.request.kind !== 'send') return fail(appError('request-gone', answerErrorTexts.gone));
    if (entry.revision !== revision) return fail(appError('request-changed', answerErrorTexts.changed, true));
    return ok(wholeText(entry.request.send));
  }

  // ---------------------------------------------------------------- inside

  #applyListed(request: IncomingRequest, ticket: ListTicket, delta: DeltaBuilder): void {
    const entry = this.#queue.find(request.kind, request.id);
    const tombstone = this.#queue.buried(request.key);
    if (entry !== null) {
      if (request.version >= entry.request.version) this.#updateFacts(entry, request, delta);
      this.#outlive(entry, delta);
    } else if (isUnderWay(request) && tombstone?.final === true) {
      // Settled for the owner; the guard has not taken it off its list yet.
    } else if (tombstone === null || tombstone.seq < ticket.seq) {
      const revision = (tombstone?.last?.revision ?? 0) + 1;
      this.#outlive(this.#queue.add(request, revision, delta), delta);
    } else if (tombstone.last === null) {
      this.#queue.explain(request, tombstone, delta);
    }
  }

  #addUnlessPast(request: IncomingRequest, revision: number, delta: DeltaBuilder): void {
    const entry = this.#queue.add(request, revision, delta);
    if (!isPastEnd(entry, this.#options.clock.now())) return;
    this.#answering.expire(entry, delta);
    delta.readAgain(request.kind);
  }

  #updateFacts(entry: Entry, request: IncomingRequest, delta: DeltaBuilder): void {
    if (looksTheSame(entry.request, request)) {
      entry.request = request;
      return;
    }
    if (request.expiresAt !== entry.request.expiresAt) {
      entry.outlivedUntil = null;
      entry.endCheckUntil = null;
    }
    this.#queue.replaceFacts(entry, request, delta);
  }

  /** Listed although its computed end has passed (the device asked again): it lives on, without a countdown. */
  #outlive(entry: Entry, delta: DeltaBuilder): void {
    const now = this.#options.clock.now();
    if (!isPastEnd(entry, now)) return;
    entry.endCheckUntil = null;
    entry.outlivedUntil = now + lookAgainMs;
    this.#queue.touch(entry, delta);
  }

  #wake(entry: Entry, now: number, delta: DeltaBuilder): void {
    const { kind } = entry.request;
    if (entry.submission !== null) {
      this.#answering.giveUpWaiting(entry, delta);
    } else if (entry.outlivedUntil !== null) {
      entry.outlivedUntil = now + lookAgainMs;
      delta.readAgain(kind);
      this.#queue.touch(entry, delta);
    } else if (entry.endCheckUntil === null && this.#connected) {
      entry.endCheckUntil = now + endCheckMs;
      delta.readAgain(kind);
      this.#queue.touch(entry, delta);
    } else {
      this.#answering.expire(entry, delta);
    }
  }

  #isOwn(request: IncomingRequest): boolean {
    return request.kind === 'device' && request.deviceId === this.#options.ownDeviceId();
  }
}
