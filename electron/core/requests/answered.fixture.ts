/** An answer sender over a scripted gateway: calls that decide wait for the test, lists are answered at once. */
import { expect } from 'vitest';
import type { ApproveInput } from '../../contract/schemas.ts';
import type { SendAnswer } from '../../contract/guard/send-answer.ts';
import type { RequestKind } from '../../contract/request.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { lost, refused, silentLogger, TimersDouble } from '../gateway/outside.double.ts';
import type { GatewayFailure } from '../ports.ts';
import { AnswerSender } from './answer-sender.ts';
import { GatewayClock } from './gateway-clock.ts';
import type { IncomingRequest } from './incoming.ts';
import { listMethods } from './read.ts';
import { RequestFeed } from './request-feed.ts';
import { chatEntry, deviceEntry, nodeEntry, openInbox, restScopes, sendEntry } from './requests.fixture.ts';
import type { HeldAuthority } from './scopes.ts';

type Answer = Result<unknown, GatewayFailure>;

interface SentCall {
  readonly over: 'resting' | 'elevated';
  readonly method: string;
  readonly params: unknown;
}

export class Answered {
  /** Everything but lists. */
  readonly calls: (SentCall & PromiseWithResolvers<Answer>)[] = [];
  /** What the gateway's lists hold. */
  readonly listed: Record<RequestKind, readonly unknown[]> = {
    chat: [chatEntry('c1')],
    device: [deviceEntry('d1')],
    node: [nodeEntry('n1')],
    send: [sendEntry('send-one')],
  };
  readonly listReads: string[] = [];
  readonly elevations: (readonly string[])[] = [];
  authority: HeldAuthority = { scopes: restScopes, ownDeviceOnly: false };
  /** What getting the elevated connection waits for, and what it comes to. */
  elevation: Promise<Result<null>> = Promise.resolve(ok(null));
  screenLocked = false;
  /** The gateway is not there: lists fail. */
  down = false;
  /** Only this list fails. */
  failing: RequestKind | null = null;
  readonly timers = new TimersDouble();
  readonly #opened = openInbox({ held: () => this.authority });
  readonly inbox = this.#opened.inbox;
  readonly clock = this.#opened.clock;
  readonly feed: RequestFeed = new RequestFeed({
    inbox: this.inbox,
    gatewayClock: new GatewayClock(this.clock),
    timers: this.timers,
    logger: silentLogger,
    request: (method) => Promise.resolve(this.#list(method)),
    offers: () => true,
    onDelta: (delta) => {
      this.feed.follow(delta);
    },
  });
  readonly sender = new AnswerSender({
    inbox: this.inbox,
    feed: this.feed,
    request: (method, params) => this.#call('resting', method, params),
    elevate: async (scopes, action) => {
      this.elevations.push(scopes);
      const opened = await this.elevation;
      if (!opened.ok) return opened;
      return ok(
        await action((method, params) => this.#call('elevated', method, params), 'e'.repeat(64), 'boot'),
      );
    },
    screenLocked: () => this.screenLocked,
    onDelta: () => undefined,
    onSubmitted: () => undefined,
  });

  /** It has been there long enough to be approved. */
  waits(request: IncomingRequest): string {
    this.inbox.applyRequested(request);
    this.clock.advance(1_000);
    return request.key;
  }

  approve(key: string, more: Partial<ApproveInput> = {}): Promise<Result<null>> {
    const revision = this.inbox.get(key)?.revision ?? -1;
    return this.sender.approve({ key, revision, elevate: false, notifyContact: false, ...more });
  }

  answerSend(key: string, answer: SendAnswer): Promise<Result<null>> {
    return this.sender.answerSend({ key, revision: this.inbox.get(key)?.revision ?? -1, answer });
  }

  deny(key: string): Promise<Result<null>> {
    return this.sender.deny({ key, revision: this.inbox.get(key)?.revision ?? -1 });
  }

  /** The gateway's answer to the call with this index, which may still have to be made. */
  async answer(index: number, answer: Answer): Promise<void> {
    await expect.poll(() => this.calls.length).toBeGreaterThan(index);
    this.calls[index]?.resolve(answer);
  }

  sent(): readonly SentCall[] {
    return this.calls.map(({ over, method, params }) => ({ over, method, params }));
  }

  breakDown(): void {
    this.down = true;
    this.inbox.disconnected();
  }

  #call(over: SentCall['over'], method: string, params: unknown): Promise<Answer> {
    const call = { over, method, params, ...Promise.withResolvers<Answer>() };
    this.calls.push(call);
    return call.promise;
  }

  #list(method: string): Answer {
    if (this.down) return fail(lost(null));
    if (this.failing !== null && method === listMethods[this.failing]) return fail(refused('UNKNOWN_METHOD'));
    this.listReads.push(method);
    const { chat, device, node, send } = this.listed;
    if (method === listMethods.chat) return ok({ requests: chat });
    if (method === listMethods.send) return ok({ sends: send, omitted: [], overflow: 0, unreadable: 0 });
    return ok({ pending: method === listMethods.device ? device : node });
  }
}
