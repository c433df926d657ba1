/**
 * Keeps the inbox true: reads the lists after every connect, follows the gateway's events, and asks again on a beat
 * where the gateway announces nothing (chat contacts have no event of their own;
 * docs/GATEWAY-PROTOCOL.md#chat-contacts).
 */
import type { RequestKind } from '../../contract/request.ts';
import type { Call } from '../gateway/calls.ts';
import type { GatewayEvent, Logger, Stop, Timers } from '../ports.ts';
import type { InboxDelta } from './delta.ts';
import type { GatewayClock } from './gateway-clock.ts';
import type { Inbox } from './inbox.ts';
import type { IncomingRequest } from './incoming.ts';
import { burst } from './incoming-send.ts';
import { listMethods, readEvent, readList, type InboxNews, type RequestList } from './read.ts';

/** A connection counts only when these were read; the guard plugin's list must not be able to prevent that. */
const pairingKinds: readonly RequestKind[] = ['chat', 'device', 'node'];
/** A list call takes 2-5 ms at the gateway, so this costs nothing and a stranger never waits long. */
export const chatPollMs = 10_000;
/** The guard announces every stopped message; this is for an announcement that was lost. */
export const sendPollMs = 30_000;
const beats: readonly (readonly [kind: RequestKind, everyMs: number])[] = [
  ['chat', chatPollMs],
  ['send', sendPollMs],
];

export interface FeedParts {
  readonly inbox: Inbox;
  readonly gatewayClock: GatewayClock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly request: Call;
  /** Whether the connected gateway has this method; for the guard's, whether the guard is known to be there. */
  readonly offers: (method: string) => boolean;
  readonly onDelta: (delta: InboxDelta) => void;
  /** Looks at a list before the inbox does: takes out what the owner is not to be asked about (blocked people). */
  readonly screen?: (list: RequestList, kind: RequestKind) => RequestList;
}

const emptyList: RequestList = {
  requests: [],
  listedIds: new Set(),
  rejected: 0,
  complete: true,
  pendingPerAccount: null,
};

interface Reading {
  done: Promise<boolean>;
  /** Someone asked while the list was on its way: what it says may be older than their question. */
  again: boolean;
}

export class RequestFeed {
  readonly #parts: FeedParts;
  readonly #readings = new Map<RequestKind, Reading>();
  /** Epoch ms, our clock, of the newest stopped messages. */
  #stoppedAt: readonly number[] = [];
  readonly #polls = new Map<RequestKind, Stop>();

  constructor(parts: FeedParts) {
    this.#parts = parts;
  }

  /** Reads every list the gateway offers. @returns false when one of those about pairing could not be read */
  async readAll(): Promise<boolean> {
    const [read] = await Promise.all([
      Promise.all(pairingKinds.map(async (kind) => this.refresh(kind))),
      this.refresh('send'),
    ]);
    return read.every(Boolean);
  }

  /** The guard is not in the gateway (any more): what it had stopped cannot be answered. */
  guardGone(): void {
    const { inbox, onDelta } = this.#parts;
    this.#readings.delete('send');
    onDelta(inbox.applyList(inbox.listStarted('send'), emptyList));
  }

  /**
   * Reads one list; calls that come while one is on its way share the next reading.
   * @returns false when it could not be read
   */
  async refresh(kind: RequestKind): Promise<boolean> {
    if (!this.#parts.offers(listMethods[kind])) return true;
    const running = this.#readings.get(kind);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const reading: Reading = { done: Promise.resolve(false), again: false };
    this.#readings.set(kind, reading);
    reading.done = this.#readUntilQuiet(kind, reading);
    return reading.done;
  }

  /** The connection is ready: from now on look on a beat for what may come unannounced. */
  startPolling(): void {
    this.stopPolling();
    for (const [kind, everyMs] of beats) this.#poll(kind, everyMs);
  }

  stopPolling(): void {
    for (const stop of this.#polls.values()) stop();
    this.#polls.clear();
  }

  /** The connection is gone: nobody waits for what it still owes us, and the next one reads anew. */
  connectionLost(): void {
    this.stopPolling();
    this.#readings.clear();
  }

  event(event: GatewayEvent): void {
    const news = readEvent(event, this.#parts.gatewayClock);
    if (news !== null) this.#follow(news);
  }

  /** Asks the gateway again where only it can tell what happened. */
  follow(delta: InboxDelta): void {
    for (const kind of delta.relist) void this.refresh(kind);
  }

  #follow(news: InboxNews): void {
    const { inbox, logger, onDelta } = this.#parts;
    switch (news.type) {
      case 'requested':
        onDelta(inbox.applyRequested(news.request));
        // What a device already holds stands in the list only, and decides what approving it again needs.
        if (news.request.kind === 'device' && news.request.repair) void this.refresh('device');
        return;
      case 'resolved':
        onDelta(inbox.applyResolved(news.kind, news.id, news.decision, news.at));
        return;
      case 'unreadable':
        logger.log('warn', 'pairing-event-unreadable', { kind: news.kind });
        void this.refresh(news.kind);
        return;
      case 'stopped':
        this.#stopped(news.request);
        return;
      case 'let-out':
        onDelta(inbox.applyLetOut(news.id));
        return;
      case 'relist':
        void this.refresh(news.kind);
    }
  }

  /** Taken from its event where that says all there is; a list tells the rest. */
  #stopped(request: IncomingRequest): void {
    const { inbox, onDelta, offers, screen, gatewayClock } = this.#parts;
    if (!offers(listMethods.send)) return;
    const now = gatewayClock.now();
    this.#stoppedAt = [...this.#stoppedAt, now]
      .filter((at) => now - at <= burst.withinMs)
      .slice(-burst.count);
    // Whether it is one of many, and what changed about a known one, only the list tells.
    const isKnown = inbox.get(request.key) !== null;
    if (isKnown || this.#stoppedAt.length >= burst.count) {
      void this.refresh('send');
      return;
    }
    const list = { ...emptyList, requests: [request] };
    for (const wanted of (screen?.(list, 'send') ?? list).requests) onDelta(inbox.applyRequested(wanted));
  }

  #poll(kind: RequestKind, everyMs: number): void {
    const stop = this.#parts.timers.after(everyMs, () => {
      void this.refresh(kind);
      this.#poll(kind, everyMs);
    });
    this.#polls.set(kind, stop);
  }

  async #readUntilQuiet(kind: RequestKind, reading: Reading): Promise<boolean> {
    let read: boolean;
    do {
      reading.again = false;
      read = await this.#readOnce(kind);
    } while (this.#wantedAgain(kind, reading));
    if (this.#readings.get(kind) === reading) this.#readings.delete(kind);
    return read;
  }

  #wantedAgain(kind: RequestKind, reading: Reading): boolean {
    return reading.again && this.#readings.get(kind) === reading;
  }

  async #readOnce(kind: RequestKind): Promise<boolean> {
    const { inbox, logger, gatewayClock, onDelta } = this.#parts;
    const ticket = inbox.listStarted(kind);
    const answer = await this.#parts.request(listMethods[kind], {});
    if (!answer.ok) {
      logger.log('warn', 'list-failed', { kind, code: answer.error.code, detail: answer.error.detail });
      return false;
    }
    const list = readList(kind, answer.value, gatewayClock);
    if (!list.ok) {
      logger.log('warn', 'list-unreadable', { kind });
      return false;
    }
    if (list.value.rejected > 0)
      logger.log('warn', 'list-entries-unreadable', { kind, count: list.value.rejected });
    onDelta(inbox.applyList(ticket, this.#parts.screen?.(list.value, kind) ?? list.value));
    return true;
  }
}
