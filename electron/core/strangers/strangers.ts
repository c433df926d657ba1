/**
 * Keeps strangers from making noise: looks at every list of chat contacts before the inbox does, counts who asks again,
 * and tells when several ask at once or a waiting list is full. It hides nobody: every request stays in window and tray.
 */
import type { JournalFact } from '../../contract/journal.ts';
import type { RequestKind, RequestView } from '../../contract/request.ts';
import { alarmNoticeText, type AlarmKind } from '../../contract/stranger-texts.ts';
import type { Notices } from '../notices.ts';
import type { Clock } from '../ports.ts';
import type { IncomingChat } from '../requests/incoming.ts';
import { keyOf } from '../requests/incoming-base.ts';
import type { RequestList } from '../requests/read.ts';
import { AskHistory } from './ask-history.ts';
import type { Ask, AskState } from './ask-state.ts';
import { burstMs } from './bursts.ts';
import { fullAccounts, type FullAccount } from './full-accounts.ts';
import type { AskHistoryFile } from './ports.ts';

export interface StrangersParts {
  readonly file: AskHistoryFile;
  readonly clock: Clock;
  readonly notices: Pick<Notices, 'raise' | 'withdraw' | 'list'>;
  readonly note: (fact: JournalFact) => void;
  /** Tells the connected gateway from the owner's others. */
  readonly gateway: () => string;
  /** A notice came or went. */
  readonly onChange: () => void;
}

type Burst = NonNullable<AskState['burst']>;

/** Something is going on that one notification stands for. */
export interface Alarm {
  readonly kind: AlarmKind;
  /** Another one alerts anew. */
  readonly episode: string;
  /** Keys of requests that get no notification of their own. */
  readonly members: ReadonlySet<string>;
}

/** One sender's requests in a day that make an entry in the journal. */
const repeatedAsks = 3;
const noticeId = 'suspicious-activity';

export class Strangers {
  readonly #parts: StrangersParts;
  readonly #history: AskHistory;
  #burst: AskState['burst'];
  #full: readonly FullAccount[] = [];
  #alarm: Alarm | null = null;
  /** What the notice was raised for; one that the owner put away stays away until there is more. */
  #told: ReadonlySet<string> = new Set();

  constructor(parts: StrangersParts) {
    this.#parts = parts;
    const { askers, burst } = parts.file.read();
    this.#history = new AskHistory(askers);
    this.#burst = burst;
  }

  get alarm(): Alarm | null {
    return this.#alarm;
  }

  /** @returns the same list, with how often each contact asked */
  screen(list: RequestList, kind: RequestKind): RequestList {
    if (kind !== 'chat') return list;
    const chats = list.requests.filter((request) => request.kind === 'chat');
    const { clock, gateway } = this.#parts;
    const learnt = this.#history.learn(gateway(), chats, clock.now());
    const news = new Set(learnt.map(({ id }) => id));
    this.#followBurst(learnt, chats);
    this.#followFull(fullAccounts(chats, list.pendingPerAccount), chats, news);
    this.#alarm = this.#alarmOver(chats);
    this.#noteRepeated(chats, news);
    if (learnt.length > 0) this.#save();
    if (this.#showNotice(chats)) this.#parts.onChange();
    const requests = list.requests.map((request) =>
      request.kind === 'chat' ? { ...request, asks: this.#history.asks(request.id) } : request,
    );
    return { ...list, requests };
  }

  /** The owner heard of the same person within a day. */
  isBackedOff({ key, kind }: Pick<RequestView, 'key' | 'kind'>): boolean {
    return kind === 'chat' && this.#history.isBackedOff(idOf(key), this.#parts.clock.now());
  }

  /** These were shown in a notification. */
  announced(keys: readonly string[]): void {
    const now = this.#parts.clock.now();
    const news = keys.filter((key) => this.#history.announced(idOf(key), now));
    if (news.length > 0) this.#save();
  }

  /** These look different now, or left the queue. */
  follow(views: readonly (RequestView | null)[]): void {
    const denied = views.flatMap((view) =>
      view?.kind === 'chat' && view.outcome?.decision === 'denied' && view.outcome.by === 'us'
        ? [idOf(view.key)]
        : [],
    );
    if (denied.filter((id) => this.#history.denied(id)).length > 0) this.#save();
  }

  #followBurst(learnt: readonly Ask[], chats: readonly IncomingChat[]): void {
    const hit = learnt.filter(({ inBurst }) => inBurst).map(({ at }) => at);
    if (hit.length === 0) return;
    const [from, to] = [Math.min(...hit), Math.max(...hit)];
    const goesOn = this.#burst !== null && from - this.#burst.lastAt <= burstMs;
    const startedAt = goesOn ? (this.#burst?.startedAt ?? from) : from;
    this.#burst = { startedAt, lastAt: Math.max(to, this.#burst?.lastAt ?? to) };
    if (goesOn) return;
    const count = this.#sendersIn(this.#burst);
    this.#parts.note({ kind: 'suspicious-activity', what: 'burst', channel: onlyChannel(chats), count });
  }

  #followFull(full: readonly FullAccount[], chats: readonly IncomingChat[], news: ReadonlySet<string>): void {
    const before = this.#full;
    this.#full = full;
    for (const account of full) {
      if (before.some((other) => isSame(account, other))) continue;
      const waiting = chats.filter((chat) => isSame(account, chat));
      // After a restart a list that was full before is no news.
      const isNews = waiting.some(({ id }) => news.has(id));
      // The entry about a burst stands for what it leads to.
      const isBurst = waiting.every(({ id }) => this.#history.isInBurst(id));
      const { label: channel, count } = account;
      if (isNews && !isBurst)
        this.#parts.note({ kind: 'suspicious-activity', what: 'queue-full', channel, count });
    }
  }

  /** One notice for all that goes on. @returns whether it changed */
  #showNotice(chats: readonly IncomingChat[]): boolean {
    const { notices } = this.#parts;
    const burst = this.#burstGoingOn(chats);
    const full = [...new Set(this.#full.map(({ label }) => label))];
    const text = alarmNoticeText(burst === null ? null : this.#sendersIn(burst), full);
    const going = [...(burst === null ? [] : [burstName(burst)]), ...this.#full.map(accountName)];
    const isNews = going.some((name) => !this.#told.has(name));
    this.#told = new Set(going);
    const shown = notices.list.find(({ id }) => id === noticeId);
    if (text === (shown?.text ?? null)) return false;
    if (text === null) notices.withdraw(noticeId);
    else if (isNews || shown !== undefined) notices.raise({ id: noticeId, text });
    else return false;
    return true;
  }

  /** Null: there was none, or it has been quiet since and nobody of it waits. */
  #burstGoingOn(chats: readonly IncomingChat[]): AskState['burst'] {
    const isOver = this.#burst === null || this.#parts.clock.now() - this.#burst.lastAt > burstMs;
    return isOver && !chats.some(({ id }) => this.#history.isInBurst(id)) ? null : this.#burst;
  }

  #sendersIn({ startedAt, lastAt }: Burst): number {
    return this.#history.sendersInBurst(startedAt - burstMs, lastAt);
  }

  #alarmOver(chats: readonly IncomingChat[]): Alarm | null {
    const inBurst = chats.filter(({ id }) => this.#history.isInBurst(id)).map(({ key }) => key);
    if (inBurst.length > 0) {
      const episode = this.#burst === null ? 'burst' : burstName(this.#burst);
      return { kind: 'burst', episode, members: new Set(inBurst) };
    }
    if (this.#full.length === 0) return null;
    return { kind: 'queue-full', episode: this.#full.map(accountName).join(' '), members: new Set() };
  }

  #noteRepeated(chats: readonly IncomingChat[], news: ReadonlySet<string>): void {
    for (const { id, channelLabel } of chats) {
      if (!news.has(id) || this.#history.asks(id) !== repeatedAsks) continue;
      this.#parts.note({
        kind: 'suspicious-activity',
        what: 'repeated',
        channel: channelLabel.text,
        count: repeatedAsks,
      });
    }
  }

  #save(): void {
    this.#parts.file.write({ version: 1, askers: [...this.#history.askers], burst: this.#burst });
  }
}

const prefix = keyOf('chat', '');

function idOf(key: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : '';
}

function burstName({ startedAt }: Burst): string {
  return `burst ${String(startedAt)}`;
}

function accountName({ channel, account }: Pick<FullAccount, 'channel' | 'account'>): string {
  return `full ${JSON.stringify([channel, account])}`;
}

function isSame(a: Pick<FullAccount, 'channel' | 'account'>, b: typeof a): boolean {
  return a.channel === b.channel && a.account === b.account;
}

/** The journal names a channel only where it is the only one. */
function onlyChannel(chats: readonly IncomingChat[]): string | null {
  const labels = new Set(chats.map(({ channelLabel }) => channelLabel.text));
  const [only] = labels;
  return labels.size === 1 ? (only ?? null) : null;
}
