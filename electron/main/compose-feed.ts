/** Builds what fills the inbox: the gateway's lists and events, and whom the owner blocked. No logic of its own. */
import type { Connection } from '../core/gateway/connection.ts';
import { BlockedSenders } from '../core/people/blocked-senders.ts';
import { noChange, type InboxDelta } from '../core/requests/delta.ts';
import type { GatewayClock } from '../core/requests/gateway-clock.ts';
import type { Inbox } from '../core/requests/inbox.ts';
import { listMethods } from '../core/requests/read.ts';
import { RequestFeed } from '../core/requests/request-feed.ts';
import type { Strangers } from '../core/strangers/strangers.ts';
import type { AppParts } from './app.ts';
import type { GuardComposition } from './compose-guard.ts';

export interface FeedMakings {
  readonly parts: Pick<AppParts, 'timers' | 'logger'>;
  readonly connection: Connection;
  readonly guard: GuardComposition;
  readonly inbox: Inbox;
  readonly gatewayClock: GatewayClock;
  readonly strangers: Pick<Strangers, 'screen'>;
  readonly onDelta: (delta: InboxDelta) => void;
}

export interface FeedComposition {
  readonly feed: RequestFeed;
  readonly blockedSenders: BlockedSenders;
}

export function composeFeed(makings: FeedMakings): FeedComposition {
  const { parts, connection, guard, inbox, gatewayClock, strangers, onDelta } = makings;
  const { timers, logger } = parts;
  const request: Connection['request'] = (...call) => connection.request(...call);
  const blockedSenders = new BlockedSenders({
    readRules: () => guard.rules.read(),
    request,
    logger,
    onDismissed: () => void feed.refresh('chat'),
  });
  const feed: RequestFeed = new RequestFeed({
    inbox,
    gatewayClock,
    timers,
    logger,
    request,
    // The plugin comes and goes while we are connected; the greeting does not know.
    offers: (method) =>
      method === listMethods.send
        ? guard.keeper.offersSends()
        : connection.hello?.methods.has(method) === true,
    screen: (list, kind) => strangers.screen(blockedSenders.screen(list), kind),
    // Most looks find nothing new: then nobody has to draw anything.
    onDelta: (delta) => {
      if (delta !== noChange) onDelta(delta);
    },
  });
  return { feed, blockedSenders };
}
