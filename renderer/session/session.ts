/** Everything that lives as long as the window, built once and handed to components through one context. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import type { HostLink, LinkState } from '../bridge/host-link.ts';
import { ClickGuard } from '../requests/click-guard.ts';
import { RequestShelf } from '../requests/request-shelf.ts';
import { Announcements } from './announcements.ts';
import { DateLocaleKeeper } from './date-locale.ts';
import { FocusRequests } from './focus-requests.ts';
import { LookAgain } from './look-again.ts';
import { PutAway } from './put-away.ts';
import { SnapshotStore } from './snapshot-store.ts';

export interface Session {
  readonly link: HostLink;
  readonly store: SnapshotStore;
  readonly shelf: RequestShelf;
  readonly guard: ClickGuard;
  readonly announcements: Announcements;
  readonly focusRequests: FocusRequests;
  dispose(): void;
}

export function createSession(link: HostLink): Session {
  const store = new SnapshotStore(link);
  // First to hear of a snapshot: what is drawn then is written as chosen.
  const dates = new DateLocaleKeeper(store);
  const shelf = new RequestShelf(store);
  const guard = new ClickGuard();
  const announcements = new Announcements(store);
  const focusRequests = new FocusRequests(link.bridge);
  const parts = [
    new LookAgain(link.bridge),
    new PutAway(link.bridge),
    focusRequests,
    announcements,
    guard,
    shelf,
    dates,
    store,
  ];
  return {
    link,
    store,
    shelf,
    guard,
    announcements,
    focusRequests,
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession needs a SessionContext above it');
  return session;
}

export function useSnapshot(): AppSnapshot | null {
  const { store } = useSession();
  return useSyncExternalStore(store.subscribe, store.get);
}

export function useLinkState(): LinkState {
  const { link } = useSession();
  return useSyncExternalStore(
    (listener) => link.subscribe(listener),
    () => link.getState(),
  );
}
