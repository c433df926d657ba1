/**
 * Where the inbox keeps requests: the open ones by id, age and next moment, the recently answered ones, and the
 * tombstones of all others. Every change of an open entry ends in `touch` or `settle`, so that nothing shown is stale.
 */
import type { Decision, RequestKind, RequestOutcome, RequestView } from '../../contract/request.ts';
import { requestKinds } from '../../contract/request.ts';
import type { Clock } from '../ports.ts';
import type { DeltaBuilder } from './delta.ts';
import type { IncomingRequest } from './incoming.ts';
import {
  closedView,
  isAmong,
  isOlder,
  newEntry,
  openView,
  wakesEarlier,
  wakeTime,
  type Entry,
} from './inbox-entry.ts';
import { OrderedHeap } from './ordered-heap.ts';
import { RecentlyAnswered } from './recently-answered.ts';
import type { HeldAuthority } from './scopes.ts';
import type { SendGate } from './send-view.ts';
import { Tombstones, type Tombstone } from './tombstones.ts';

export interface QueueOptions {
  readonly clock: Clock;
  /** How long a request must have been there, unchanged, before Approve counts. */
  readonly armDelayMs: number;
  /** What our connection at rest may do; read anew after each `authorityChanged`. */
  readonly held: () => HeldAuthority;
  /** What the guard lets out at all; read anew after each `guardChanged`. */
  readonly sendGate: () => SendGate;
}

export interface InboxViews {
  /** Open ones oldest first, bounded; then the recently answered ones, newest first. */
  readonly requests: readonly RequestView[];
  /** All open ones. */
  readonly openCount: number;
}

const tombstonesKept = 8_192;

export class RequestQueue {
  readonly #options: QueueOptions;
  readonly #open: Readonly<Record<RequestKind, Map<string, Entry>>> = {
    chat: new Map(),
    device: new Map(),
    node: new Map(),
    send: new Map(),
  };
  readonly #byAge = new OrderedHeap<Entry>(isOlder);
  readonly #byWake = new OrderedHeap<Entry>(wakesEarlier);
  readonly #tombstones = new Tombstones(tombstonesKept);
  readonly #recent = new RecentlyAnswered();
  /** Future moments at which some Approve arms, in order. */
  #arming: number[] = [];
  #seq = 0;
  /** Grows when the authority we hold or the guard's gate may have changed: every view is stale. */
  #epoch = 0;
  #views: { readonly limit: number; readonly value: InboxViews } | null = null;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  // ---------------------------------------------------------------- reading

  find(kind: RequestKind, id: string): Entry | null {
    return this.#open[kind].get(id) ?? null;
  }

  findKey(key: string): Entry | null {
    const colon = key.indexOf(':');
    const kind = key.slice(0, colon);
    if (!isKind(kind)) return null;
    return this.find(kind, key.slice(colon + 1));
  }

  openOf(kind: RequestKind): readonly Entry[] {
    return [...this.#open[kind].values()];
  }

  buried(key: string): Tombstone | null {
    return this.#tombstones.get(key) ?? null;
  }

  /** An open or recently answered request. */
  view(key: string): RequestView | null {
    const entry = this.findKey(key);
    return entry === null ? (this.#recent.get(key)?.view ?? null) : this.viewOf(entry);
  }

  viewOf(entry: Entry): RequestView {
    if (entry.view === null || entry.viewEpoch !== this.#epoch) {
      const { held, sendGate } = this.#options;
      entry.view = openView(entry, { held: held(), sendGate: sendGate() });
      entry.viewEpoch = this.#epoch;
    }
    return entry.view;
  }

  views(limit: number): InboxViews {
    if (this.#views?.limit !== limit) {
      const open = this.#byAge.firstOf(limit).map((entry) => this.viewOf(entry));
      const value = { requests: [...open, ...this.#recent.views()], openCount: this.#byAge.size };
      this.#views = { limit, value };
    }
    return this.#views.value;
  }

  // ---------------------------------------------------------------- changing

  /** A number that only grows; orders lists, arrivals and settlements. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  surroundingsChanged(): void {
    this.#epoch += 1;
    this.#views = null;
  }

  add(request: IncomingRequest, revision: number, delta: DeltaBuilder): Entry {
    this.#recent.remove(request.key);
    const entry = newEntry(request, revision, this.#armFromNow(), this.nextSeq());
    this.#open[request.kind].set(request.id, entry);
    entry.place = this.#byAge.add(entry);
    entry.wake = this.#byWake.add(entry);
    this.#views = null;
    delta.note(request.key, 'added');
    return entry;
  }

  /** New facts under the same id: a new revision, and Approve has to arm again. */
  replaceFacts(entry: Entry, request: IncomingRequest, delta: DeltaBuilder): void {
    if (entry.request.facts !== request.facts) {
      entry.revision += 1;
      entry.armedAt = this.#armFromNow();
    }
    entry.request = request;
    if (entry.place !== null) this.#byAge.moved(entry.place);
    this.touch(entry, delta);
  }

  /** After any change of an entry's state. */
  touch(entry: Entry, delta: DeltaBuilder): void {
    entry.view = null;
    this.#views = null;
    if (entry.wake !== null) this.#byWake.moved(entry.wake);
    delta.note(entry.request.key, 'changed');
  }

  /** @param result null = expired; @param final the gateway said so, as opposed to concluded by us */
  settle(
    entry: Entry,
    result: RequestOutcome | null,
    final: boolean,
    note: string | null,
    delta: DeltaBuilder,
  ): void {
    const { request } = entry;
    this.#open[request.kind].delete(request.id);
    if (entry.place !== null) this.#byAge.remove(entry.place);
    if (entry.wake !== null) this.#byWake.remove(entry.wake);
    this.#bury(request, entry.revision, { outcome: result, final }, entry.sent, note, delta);
  }

  /** Facts arrive for a request whose resolution came first. */
  explain(request: IncomingRequest, tombstone: Tombstone, delta: DeltaBuilder): void {
    this.#bury(request, 1, tombstone, [], null, delta);
  }

  /** News about a request that is not open: the first final word counts. @param by null = find out */
  correctSettled(
    key: string,
    decision: RequestOutcome['decision'],
    at: number,
    by: RequestOutcome['by'] | null,
    delta: DeltaBuilder,
  ): void {
    const tombstone = this.#tombstones.get(key);
    if (tombstone?.final === true) return;
    const answered = this.#recent.get(key);
    const found = isAmong(answered?.sent ?? [], decision) ? 'us' : 'elsewhere';
    const outcome: RequestOutcome = { decision, by: by ?? found, at, note: null };
    this.#tombstones.set(key, { seq: this.nextSeq(), outcome, final: true, last: tombstone?.last ?? null });
    if (answered === null) return;
    this.#recent.correct(answered, outcome);
    this.#views = null;
    delta.note(key, 'changed');
  }

  clear(): void {
    for (const entries of Object.values(this.#open)) entries.clear();
    this.#byAge.clear();
    this.#byWake.clear();
    this.#tombstones.clear();
    this.#recent.clear();
    this.#arming = [];
    this.#views = null;
  }

  // ---------------------------------------------------------------- time

  /** The entry that is due first, if it is due. */
  due(now: number): Entry | null {
    const entry = this.#byWake.first();
    return entry !== null && wakeTime(entry) <= now ? entry : null;
  }

  /** Forgets what is too old to show; makes views stale where an Approve has armed. */
  tidy(now: number): void {
    const waiting = this.#arming.filter((at) => at > now);
    const armed = waiting.length < this.#arming.length;
    this.#arming = waiting;
    if (this.#recent.forgetOlderThan(now) || armed) this.#views = null;
  }

  /** Epoch ms of the next moment something changes by itself, or null. */
  nextWake(): number | null {
    const entry = this.#byWake.first();
    const times = [entry === null ? null : wakeTime(entry), this.#arming[0], this.#recent.nextForget()];
    const next = Math.min(...times.map((time) => time ?? Infinity));
    return next === Infinity ? null : next;
  }

  // ---------------------------------------------------------------- inside

  #bury(
    request: IncomingRequest,
    revision: number,
    end: Pick<Tombstone, 'outcome' | 'final'>,
    sent: readonly Decision[],
    note: string | null,
    delta: DeltaBuilder,
  ): void {
    const { outcome, final } = end;
    const last = { revision, version: request.version };
    this.#tombstones.set(request.key, { seq: this.nextSeq(), outcome, final, last });
    const at = outcome?.at ?? request.expiresAt ?? this.#options.clock.now();
    this.#recent.add({ view: closedView(request, revision, outcome, note), at, sent });
    this.#views = null;
    delta.note(request.key, 'settled');
  }

  #armFromNow(): number {
    const at = this.#options.clock.now() + this.#options.armDelayMs;
    const last = this.#arming.at(-1);
    if (last === undefined || at > last) this.#arming.push(at);
    return at;
  }
}

const kinds: ReadonlySet<string> = new Set(requestKinds);

function isKind(text: string): text is RequestKind {
  return kinds.has(text);
}
