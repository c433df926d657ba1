/**
 * Stands for the gateway and the network between it and an inbox: requests appear, change, are answered by others or
 * vanish; events, lists and answers travel with any delay, repeat, and are lost with the connection. Records what is
 * true, so that a test can compare it with what the inbox shows.
 */
import type { Decision, RequestKind } from '../../contract/request.ts';
import type { Inbox, ListTicket } from './inbox.ts';
import type { IncomingRequest } from './incoming.ts';
import type { RequestList } from './read.ts';
import { chat, device, iso, listOf, node, startTime, type ManualClock } from './requests.fixture.ts';
import type { Answer, Submission } from './submission.ts';

export interface TrueRequest {
  request: IncomingRequest;
  state: 'open' | 'approved' | 'denied' | 'vanished';
  /** Answered by a call of ours. */
  byUs: boolean;
}

interface OpenList {
  readonly ticket: ListTicket;
  snapshot: RequestList | null;
}

interface Call {
  readonly submission: Submission;
  answer: Answer | null;
}

const kinds: readonly RequestKind[] = ['device', 'node', 'chat'];

export class GatewayWorld {
  readonly inbox: Inbox;
  readonly clock: ManualClock;
  readonly requests = new Map<string, TrueRequest>();
  /** Decisions that reached the gateway from us. */
  readonly received: { readonly key: string; readonly decision: Decision }[] = [];
  #mail: (() => void)[] = [];
  #delivered: (() => void)[] = [];
  #lists: OpenList[] = [];
  #calls: Call[] = [];
  #version = 0;

  constructor(inbox: Inbox, clock: ManualClock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  get keys(): readonly string[] {
    return [...this.requests.keys()];
  }

  appear(index: number): void {
    const kind = kinds[index % kinds.length] ?? 'chat';
    this.#version += 1;
    const id = `r${String(this.requests.size)}`;
    const request = this.#make(kind, id, `name ${String(this.#version)}`);
    this.requests.set(request.key, { request, state: 'open', byUs: false });
    this.#announceRequest(request);
  }

  change(key: string): void {
    const truth = this.requests.get(key);
    if (truth?.state !== 'open') return;
    this.#version += 1;
    truth.request = this.#make(truth.request.kind, truth.request.id, `name ${String(this.#version)}`);
    this.#announceRequest(truth.request);
  }

  vanish(key: string): void {
    const truth = this.requests.get(key);
    if (truth?.state === 'open') truth.state = 'vanished';
  }

  decide(key: string, decision: Decision, byUs: boolean): boolean {
    const truth = this.requests.get(key);
    if (truth?.state !== 'open') return false;
    truth.state = decision === 'approve' ? 'approved' : 'denied';
    truth.byUs = byUs;
    const { kind, id } = truth.request;
    const decided = truth.state;
    // Chat contacts have no events.
    if (kind !== 'chat') this.#mail.push(() => this.inbox.applyResolved(kind, id, decided, startTime));
    return true;
  }

  deliver(index: number): void {
    const [run] = this.#mail.splice(index % Math.max(this.#mail.length, 1), 1);
    if (run === undefined) return;
    this.#delivered.push(run);
    run();
  }

  repeat(index: number): void {
    this.#delivered[index % Math.max(this.#delivered.length, 1)]?.();
  }

  /** @param readAtOnce the gateway answers at once, and the answer is on its way for a while */
  startList(index: number, readAtOnce = false): void {
    const ticket = this.inbox.listStarted(kinds[index % kinds.length] ?? 'chat');
    this.#lists.push({ ticket, snapshot: readAtOnce ? this.#listNow(ticket.kind) : null });
  }

  readList(index: number): void {
    const list = this.#lists[index % Math.max(this.#lists.length, 1)];
    if (list !== undefined) list.snapshot ??= this.#listNow(list.ticket.kind);
  }

  applyList(index: number): void {
    const [list] = this.#lists.splice(index % Math.max(this.#lists.length, 1), 1);
    if (list !== undefined)
      this.inbox.applyList(list.ticket, list.snapshot ?? this.#listNow(list.ticket.kind));
  }

  call(submission: Submission): void {
    this.#calls.push({ submission, answer: null });
  }

  /** The gateway works on a call; its answer is still on the way. */
  handleCall(index: number): void {
    const call = this.#calls[index % Math.max(this.#calls.length, 1)];
    if (call?.answer !== null) return;
    const { key, decision, kind } = call.submission;
    this.received.push({ key, decision });
    call.answer = this.decide(key, decision, true)
      ? { type: 'accepted', authoritative: kind === 'chat', note: null }
      : { type: 'gone' };
  }

  answerCall(index: number): void {
    const at = index % Math.max(this.#calls.length, 1);
    const call = this.#calls[at];
    if (call === undefined || call.answer === null) return;
    this.#calls.splice(at, 1);
    this.inbox.answered(call.submission, call.answer);
  }

  loseConnection(): void {
    this.inbox.disconnected();
    for (const call of this.#calls) this.inbox.answered(call.submission, { type: 'connection-lost' });
    this.#calls = [];
    this.#mail = [];
    this.readAll();
    this.inbox.connected();
  }

  advance(ms: number): void {
    this.clock.advance(ms);
    this.inbox.expire();
  }

  /** Everything under way arrives, then all lists are read. */
  settleDown(): void {
    for (let left = this.#calls.length; left > 0; left -= 1) {
      this.handleCall(0);
      this.answerCall(0);
    }
    while (this.#mail.length > 0) this.deliver(this.#mail.length - 1);
    while (this.#lists.length > 0) this.applyList(0);
    this.readAll();
  }

  readAll(): void {
    for (const kind of kinds) this.inbox.applyList(this.inbox.listStarted(kind), this.#listNow(kind));
  }

  #announceRequest(request: IncomingRequest): void {
    if (request.kind !== 'chat') this.#mail.push(() => this.inbox.applyRequested(request));
  }

  #listNow(kind: RequestKind): RequestList {
    const open = [...this.requests.values()].filter(({ state }) => state === 'open');
    return listOf(...open.map(({ request }) => request).filter((request) => request.kind === kind));
  }

  #make(kind: RequestKind, id: string, name: string): IncomingRequest {
    const ts = startTime + this.#version;
    if (kind === 'chat') return chat(id, { senderId: name, lastSeenAt: iso(ts) });
    return kind === 'device' ? device(id, { displayName: name, ts }) : node(id, { displayName: name, ts });
  }
}
