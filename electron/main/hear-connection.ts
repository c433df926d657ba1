/** Who hears what of the gateway connection, and in which order. */
import type { Stop } from '../contract/listeners.ts';
import type { Connection } from '../core/gateway/connection.ts';
import type { People } from '../core/people/people.ts';
import type { InboxDelta } from '../core/requests/delta.ts';
import type { Inbox } from '../core/requests/inbox.ts';
import type { RequestFeed } from '../core/requests/request-feed.ts';
import type { SetupCodes } from '../core/setup-code/setup-codes.ts';
import type { ConfigComposition } from './compose-config.ts';
import type { GuardComposition } from './compose-guard.ts';

export interface ConnectionHearers {
  readonly connection: Connection;
  readonly inbox: Inbox;
  readonly feed: RequestFeed;
  readonly guard: GuardComposition;
  readonly config: ConfigComposition;
  readonly setupCodes: SetupCodes;
  readonly people: People;
  readonly onDelta: (delta: InboxDelta) => void;
  readonly onChange: () => void;
}

export function hearConnection(hearers: ConnectionHearers): readonly Stop[] {
  const { connection, inbox, feed, guard, config, setupCodes, people, onDelta, onChange } = hearers;
  return [
    connection.onView(({ state }) => {
      if (state === 'ready') {
        inbox.connected();
        feed.startPolling();
        guard.ready();
        config.ready();
        people.changed();
      }
      onChange();
    }),
    connection.onLost(() => {
      feed.connectionLost();
      guard.keeper.disconnected();
      config.disconnected();
      onDelta(inbox.disconnected());
    }),
    connection.onEvent((event) => {
      feed.event(event);
      setupCodes.event(event);
      guard.event(event);
      config.event(event);
      people.event(event);
    }),
    connection.onGap(() => {
      void feed.readAll();
      void guard.keeper.look();
    }),
  ];
}
