/** Who asked when, and of what the owner was notified; bounded, and kept over restarts by whoever holds it. */
import { mostAsksCounted } from '../../contract/stranger-texts.ts';
import type { IncomingChat } from '../requests/incoming.ts';
import { bounded, mostAskers, mostAsks, type Ask, type Asker } from './ask-state.ts';
import { asksUpTo, dayMs, isBackedOff } from './back-off.ts';
import { burstMs, inBursts, type AskAt } from './bursts.ts';

type Identity = Pick<IncomingChat, 'id' | 'channel' | 'account' | 'senderId' | 'requestedAt'>;

interface Known {
  readonly who: string;
  readonly asker: Asker;
}

/** Asks older than this count for nothing any more. */
const keptMs = 2 * dayMs;

export class AskHistory {
  /** By sender; whoever asked last is last. */
  readonly #askers = new Map<string, Asker>();
  /** By request id. */
  readonly #byRequest = new Map<string, Known>();

  constructor(askers: readonly Asker[]) {
    for (const asker of askers) this.#put(whoOf(asker), copyOf(asker));
  }

  get askers(): readonly Asker[] {
    return [...this.#askers.values()];
  }

  /**
   * Remembers new requests. @returns those that were not known, marked where they belong to a burst
   * @param requests all that wait: one that is gone without our denial was answered by somebody, who knows them then
   */
  learn(gateway: string, requests: readonly Identity[], now: number): readonly Ask[] {
    const news = requests.filter(({ id }) => !this.#byRequest.has(bounded(id)));
    if (news.length === 0) return [];
    const learnt = news.map((request) => this.#add(gateway, request));
    const waiting = new Set(requests.map(({ id }) => bounded(id)));
    this.#markBursts(Math.min(...learnt.map(({ at }) => at)), waiting);
    this.#forget(now);
    return learnt;
  }

  /** Requests of its sender in 24 hours, this one included; 1 for one that is not known. */
  asks(requestId: string): number {
    const known = this.#byRequest.get(bounded(requestId));
    const ask = known?.asker.asks.find(({ id }) => id === bounded(requestId));
    return known === undefined || ask === undefined ? 1 : asksUpTo(known.asker, ask.at);
  }

  isInBurst(requestId: string): boolean {
    const asks = this.#byRequest.get(bounded(requestId))?.asker.asks ?? [];
    return asks.some(({ id, inBurst }) => id === bounded(requestId) && inBurst);
  }

  isBackedOff(requestId: string, now: number): boolean {
    const known = this.#byRequest.get(bounded(requestId));
    return known !== undefined && isBackedOff(known.asker, bounded(requestId), now);
  }

  /** The owner was notified of it. @returns whether that is news */
  announced(requestId: string, now: number): boolean {
    const id = bounded(requestId);
    const asker = this.#byRequest.get(id)?.asker;
    if (asker === undefined || asker.announced?.id === id) return false;
    asker.announced = { id, at: now };
    return true;
  }

  /** The owner turned it away. @returns whether that is news */
  denied(requestId: string): boolean {
    const id = bounded(requestId);
    const ask = this.#byRequest.get(id)?.asker.asks.find((each) => each.id === id);
    if (ask === undefined || ask.denied) return false;
    ask.denied = true;
    return true;
  }

  /** Different senders who asked in a burst between these times, epoch ms. */
  sendersInBurst(from: number, to: number): number {
    const isPart = ({ asks }: Asker): boolean =>
      asks.some(({ inBurst, at }) => inBurst && at >= from && at <= to);
    return this.askers.filter(isPart).length;
  }

  #add(gateway: string, request: Identity): Ask {
    const identity = {
      gateway: bounded(gateway),
      channel: bounded(request.channel),
      account: bounded(request.account),
      sender: bounded(request.senderId),
    };
    const who = whoOf(identity);
    const asker = this.#askers.get(who) ?? { ...identity, asks: [], announced: null };
    const ask: Ask = { id: bounded(request.id), at: request.requestedAt, inBurst: false, denied: false };
    const asks = [...asker.asks, ask].toSorted((a, b) => a.at - b.at);
    for (const { id } of asks.splice(0, asks.length - mostAsksCounted)) this.#byRequest.delete(id);
    asker.asks = asks;
    this.#put(who, asker);
    return ask;
  }

  #put(who: string, asker: Asker): void {
    this.#askers.delete(who);
    this.#askers.set(who, asker);
    for (const { id } of asker.asks) this.#byRequest.set(id, { who, asker });
  }

  /** @param since the earliest new request, epoch ms */
  #markBursts(since: number, waiting: ReadonlySet<string>): void {
    const asks: (AskAt & { readonly ask: Ask })[] = [];
    for (const [who, asker] of this.#askers)
      for (const ask of asker.asks)
        if (ask.at >= since - burstMs && (ask.denied || waiting.has(ask.id)))
          asks.push({ who, at: ask.at, ask });
    for (const { ask } of inBursts(asks)) ask.inBurst = true;
  }

  #forget(now: number): void {
    for (const [who, asker] of this.#askers) {
      const last = asker.asks.at(-1)?.at ?? 0;
      const few = this.#askers.size <= mostAskers && this.#byRequest.size <= mostAsks;
      if (few && now - last < keptMs) continue;
      for (const { id } of asker.asks) this.#byRequest.delete(id);
      this.#askers.delete(who);
    }
  }
}

/** What was read stays as it is. */
function copyOf(asker: Asker): Asker {
  return { ...asker, asks: asker.asks.map((ask) => ({ ...ask })) };
}

function whoOf({ gateway, channel, account, sender }: Omit<Asker, 'asks' | 'announced'>): string {
  return JSON.stringify([gateway, channel, account, sender]);
}
