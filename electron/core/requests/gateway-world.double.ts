/**
 * Stands for the gateway and the network between it and an inbox: requests appear, change, are answered by others or
 * vanish; events, lists and answers travel with any delay, repeat, and are lost with the connection. Records what is
 * true, so that a test can compare it with what the inbox shows.
 */
import type { Decision, RequestKind } from '../../contract/request.ts';
import type { Inbox, ListTicket } from './inbox.ts';
import { isHeld, isUnderWay } from './incoming-send.ts';
import type { IncomingRequest } from './incoming.ts';
import { keyOf } from './incoming-base.ts';
import type { RequestList } from './read.ts';
import { chat, device, iso, listOf, node, send, startTime, type ManualClock } from './requests.fixture.ts';
import type { Answer, Submission } from './submission.ts';

export interface TrueRequest {
  request: IncomingRequest;
  /** A message that was let out and has not left is still `open`. */
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

const kinds: readonly RequestKind[] = ['device', 'node', 'chat', 'send'];

export class GatewayWorld {
  readonly inbox: Inbox;
  readonly clock: ManualClock;
  readonly requests = new Map<string, TrueRequest>();
  /** Decisions that reached the gateway from us. */
  readonly received: { readonly key: string; readonly decision: Decision }[] = [];
  #mail: (() => void)[] = [];
  /** What the guard announces comes in order, and once. */
  #guardMail: (() => void)[] = [];
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
    // The wait of a message ends; or it was let out and did not leave in time: it is a refused one now.
    truth.request = this.#make(truth.request.kind, truth.request.id, `name ${String(this.#version)}`);
    this.#announceRequest(truth.request);
  }

  /** A message under way leaves; anything else is withdrawn. */
  vanish(key: string): void {
    const truth = this.requests.get(key);
    if (truth?.state !== 'open') return;
    if (isUnderWay(truth.request)) this.#leave(truth);
    else truth.state = 'vanished';
  }

  decide(key: string, decision: Decision, byUs: boolean): boolean {
    const truth = this.requests.get(key);
    if (truth?.state !== 'open') return false;
    truth.state = decision === 'approve' ? 'approved' : 'denied';
    truth.byUs = byUs;
    const { kind, id } = truth.request;
    const decided = truth.state;
    const resolved = () => this.inbox.applyResolved(kind, id, decided, startTime);
    // Chat contacts have no events.
    if (kind === 'send') this.#guardMail.push(resolved);
    else if (kind !== 'chat') this.#mail.push(resolved);
    return true;
  }

  /** A message under way cannot be denied any more. */
  denyElsewhere(key: string): void {
    const truth = this.requests.get(key);
    if (truth !== undefined && !isUnderWay(truth.request)) this.decide(key, 'deny', false);
  }

  /** A message whose sender waits leaves at once; one that was refused is under way. */
  letOut(key: string, byUs: boolean): void {
    const truth = this.requests.get(key);
    if (truth?.state !== 'open' || isUnderWay(truth.request)) return;
    const { id } = truth.request;
    truth.byUs = byUs;
    if (isHeld(truth.request)) truth.state = 'approved';
    else truth.request = send(id, { targets: targetsOf(truth.request.who.text), state: 'allowed' });
    this.#guardMail.push(() => this.inbox.applyLetOut(id));
  }

  deliver(index: number): void {
    if (index % 2 === 1) this.#guardMail.shift()?.();
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
    if (kind === 'send') {
      call.answer = this.#handleSendAnswer(key, decision, index);
      return;
    }
    call.answer = this.decide(key, decision, true)
      ? { type: 'accepted', authoritative: kind === 'chat', note: null }
      : { type: 'gone' };
  }

  answerCall(index: number): void {
    const at = index % Math.max(this.#calls.length, 1);
    const call = this.#calls[at];
    if (call === undefined || call.answer === null) return;
    this.#calls.splice(at, 1);
    if (call.answer.type === 'let-out') this.#readList('send');
    this.inbox.answered(call.submission, call.answer);
  }

  loseConnection(): void {
    this.inbox.disconnected();
    for (const call of this.#calls) this.inbox.answered(call.submission, { type: 'connection-lost' });
    this.#calls = [];
    this.#mail = [];
    this.#guardMail = [];
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
    while (this.#guardMail.length > 0) this.#guardMail.shift()?.();
    while (this.#mail.length > 0) this.deliver(this.#mail.length - 1);
    while (this.#lists.length > 0) this.applyList(0);
    this.readAll();
  }

  readAll(): void {
    for (const kind of kinds) this.#readList(kind);
  }

  #readList(kind: RequestKind): void {
    this.inbox.applyList(this.inbox.listStarted(kind), this.#listNow(kind));
  }

  #leave(truth: TrueRequest): void {
    truth.state = 'approved';
    const { id } = truth.request;
    this.#guardMail.push(() => this.inbox.applyResolved('send', id, 'approved', startTime));
  }

  /** As `carryOutSend` reports it; every second refused message can only leave with its sender's next try. */
  #handleSendAnswer(key: string, decision: Decision, chance: number): Answer {
    const truth = this.requests.get(key);
    if (truth?.state === 'approved' || truth?.state === 'denied')
      return { type: 'decided', decision: truth.state };
    if (truth?.state !== 'open') return { type: 'gone' };
    if (isUnderWay(truth.request)) return { type: 'let-out', by: 'elsewhere', note: null };
    if (decision === 'approve' && (isHeld(truth.request) || chance % 2 === 1)) {
      this.letOut(key, true);
      return { type: 'let-out', by: 'us', note: null };
    }
    this.decide(key, decision, true);
    return { type: 'accepted', authoritative: true, note: null };
  }

  #announceRequest(request: IncomingRequest): void {
    if (request.kind === 'send') this.#guardMail.push(() => this.#readList('send'));
    if (request.kind === 'device' || request.kind === 'node')
      this.#mail.push(() => this.inbox.applyRequested(request));
  }

  #listNow(kind: RequestKind): RequestList {
    const open = [...this.requests.values()].filter(({ state }) => state === 'open');
    return listOf(...open.map(({ request }) => request).filter((request) => request.kind === kind));
  }

  #make(kind: RequestKind, id: string, name: string): IncomingRequest {
    const ts = startTime + this.#version;
    // Waits when it appears, is a refused one after any change.
    if (kind === 'send') {
      const state = this.requests.has(keyOf(kind, id)) ? 'refused' : 'held';
      return send(id, { targets: targetsOf(name), state, until: startTime });
    }
    if (kind === 'chat') return chat(id, { senderId: name, lastSeenAt: iso(ts) });
    return kind === 'device' ? device(id, { displayName: name, ts }) : node(id, { displayName: name, ts });
  }
}

function targetsOf(name: string) {
  return [{ to: name, key: null, people: [] }];
}
