/**
 * Keeps strangers from making noise: looks at every list of chat contacts before the inbox does, counts who asks again,
 * and tells when several ask at once or a waiting list is full. It hides nobody: every request stays in window and tray.
 */
import type { JournalFact } from '../../contract/journal.ts';
import type { RequestKind, RequestView } from '../../contract/request.ts';
import { alarmNoticeTexts, type AlarmKind } from '../../contract/stranger-texts.ts';
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
const noticeIds: Readonly<Record<AlarmKind, string>> = {
  burst: 'strangers-burst',
  'queue-full': 'strangers-queue-full',
};

export class Strangers {
  readonly #parts: StrangersParts;
  readonly #history: AskHistory;
  #burst: AskState['burst'];
  #full: readonly FullAccount[] = [];
  #alarm: Alarm | null = null;

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
    const told = [
      this.#followBurst(learnt, chats),
      this.#followFull(fullAccounts(chats, list.pendingPerAccount), chats, news),
    ];
    this.#alarm = this.#alarmOver(chats);
    this.#noteRepeated(chats, news);
    if (learnt.length > 0) this.#save();
    if (told.some(Boolean)) this.#parts.onChange();
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

  /** @returns whether a notice changed */
  #followBurst(learnt: readonly Ask[], chats: readonly IncomingChat[]): boolean {
    const { notices, note, clock } = this.#parts;
    const hit = learnt.filter(({ inBurst }) => inBurst).map(({ at }) => at);
    if (hit.length === 0) {
      const over = this.#burst === null || clock.now() - this.#burst.lastAt > burstMs;
      const waits = chats.some(({ id }) => this.#history.isInBurst(id));
      return over && !waits && this.#withdraw('burst');
    }
    const [from, to] = [Math.min(...hit), Math.max(...hit)];
    const goesOn = this.#burst !== null && from - this.#burst.lastAt <= burstMs;
    const startedAt = goesOn ? (this.#burst?.startedAt ?? from) : from;
    this.#burst = { startedAt, lastAt: Math.max(to, this.#burst?.lastAt ?? to) };
    const count = this.#history.sendersInBurst(startedAt - burstMs, this.#burst.lastAt);
    if (!goesOn) note({ kind: 'suspicious-activity', what: 'burst', channel: onlyChannel(chats), count });
    // One that the owner put away stays away until the next burst.
    if (goesOn && !notices.list.some(({ id }) => id === noticeIds.burst)) return false;
    notices.raise({ id: noticeIds.burst, text: alarmNoticeTexts.burst(count) });
    return true;
  }

  /** @returns whether a notice changed */
  #followFull(
    full: readonly FullAccount[],
    chats: readonly IncomingChat[],
    news: ReadonlySet<string>,
  ): boolean {
    const before = this.#full;
    this.#full = full;
    const added = full.filter((account) => !before.some((other) => isSame(account, other)));
    for (const account of added) {
      // After a restart a list that was full before is no news.
      const isNews = chats.some((chat) => news.has(chat.id) && isSame(account, chat));
      const { label: channel, count } = account;
      if (isNews) this.#parts.note({ kind: 'suspicious-activity', what: 'queue-full', channel, count });
    }
    if (full.length === 0) return this.#withdraw('queue-full');
    if (added.length === 0) return false;
    const labels = [...new Set(full.map(({ label }) => label))];
    this.#parts.notices.raise({
      id: noticeIds['queue-full'],
      text: alarmNoticeTexts['queue-full'](labels),
    });
    return true;
  }

  #alarmOver(chats: readonly IncomingChat[]): Alarm | null {
    const inBurst = chats.filter(({ id }) => this.#history.isInBurst(id)).map(({ key }) => key);
    if (inBurst.length > 0) {
      const episode = `burst ${String(this.#burst?.startedAt)}`;
      return { kind: 'burst', episode, members: new Set(inBurst) };
    }
    if (this.#full.length === 0) return null;
    const accounts = this.#full.map(({ channel, account }) => [channel, account]);
    return { kind: 'queue-full', episode: `full ${JSON.stringify(accounts)}`, members: new Set() };
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

  #withdraw(kind: AlarmKind): boolean {
    const { notices } = this.#parts;
    if (!notices.list.some(({ id }) => id === noticeIds[kind])) return false;
    notices.withdraw(noticeIds[kind]);
    return true;
  }

  #save(): void {
    this.#parts.file.write({ version: 1, askers: [...this.#history.askers], burst: this.#burst });
  }
}

const prefix = keyOf('chat', '');

function idOf(key: string): string {
  return key.startsWith(prefix) ? key.slice(prefix.length) : '';
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
