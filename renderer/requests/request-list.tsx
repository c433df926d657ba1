/** All open requests first, or the honest sentence when there are none; below, the switches and the recently answered. */
import { Suspense, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isOpen } from '../../electron/contract/request.ts';
import type { ChatRequestView, RequestView } from '../../electron/contract/request.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { PauseSwitch } from '../guard-state/pause-switch.tsx';
import { useLinkState, useSession } from '../session/session.ts';
import { OwedRestart } from '../config-preview/owed-restart.tsx';
import { useKeepFocus } from '../session/use-keep-focus.ts';
import { useSeconds } from '../session/use-time.ts';
import { SilenceSwitch } from '../silence/silence-switch.tsx';
import { lazyDialog } from '../lazy-dialog.tsx';
import type { BlockDialogProps } from './block-dialog.tsx';
import { ClearRequests } from './clear-requests.tsx';
import { EmptyState } from './empty-state.tsx';
import { RecentList } from './recent-list.tsx';
import { RequestCard } from './request-card.tsx';
import styles from './request-list.module.css';
import { SendCard } from './send/send-card.tsx';
import { SurplusCard } from './send/surplus-card.tsx';

const BlockDialog = lazyDialog<BlockDialogProps>(
  async () => (await import('./block-dialog.tsx')).BlockDialog,
  ({ onClose }) => onClose(),
);

export function RequestList({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { store, shelf, guard } = useSession();
  const { placed, recent } = useSyncExternalStore(shelf.subscribe, shelf.get);
  const link = useLinkState();
  const now = useSeconds(store.now);
  const list = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  /** Kept here, because the card goes away as soon as its request is denied. */
  const [blocking, setBlocking] = useState<ChatRequestView | null>(null);

  useKeepFocus(list, () => heading.current);
  useShowWanted(list, heading);
  // After every commit, so that a card is held in the same frame in which it moved.
  useLayoutEffect(() => guard.measure());
  useEffect(() => (list.current === null ? undefined : guard.watchContainer(list.current)), [guard]);

  const live = link.state === 'open' && snapshot.connection.state === 'ready';
  const openHere = snapshot.requests.filter(isOpen).length;
  const beyond = snapshot.openCount - openHere;
  return (
    <section ref={list} className={styles['list']} aria-labelledby="requests">
      <div className={placed.length === 0 ? undefined : styles['head']}>
        <h2
          id="requests"
          ref={heading}
          tabIndex={-1}
          className={placed.length === 0 ? 'visually-hidden' : styles['title']}
        >
          {openHere === 0 ? 'Requests' : `Requests (${String(snapshot.openCount)})`}
        </h2>
        <ClearRequests views={snapshot.requests} now={now} live={live} />
      </div>
      {placed.length === 0 && <EmptyState snapshot={snapshot} live={live} />}
      {openHere > 0 && !live && (
        <p className={styles['stale']}>
          These may be out of date. You can answer when the connection is back.
        </p>
      )}
      {placed.map(({ view }) => (
        <Card key={view.key} view={view} now={now} live={live} snapshot={snapshot} onBlock={setBlocking} />
      ))}
      {beyond > 0 && (
        <p className={styles['more']}>
          {beyond === 1 ? '1 more request is' : `${String(beyond)} more requests are`} waiting and will appear
          here as you answer these.
        </p>
      )}
      <PauseSwitch snapshot={snapshot} />
      <OwedRestart snapshot={snapshot} />
      <SilenceSwitch snapshot={snapshot} />
      <RecentList views={recent} now={now} />
      {blocking !== null && (
        <Suspense>
          <BlockDialog
            view={blocking}
            current={snapshot.requests.find(({ key }) => key === blocking.key)}
            live={live}
            onClose={() => setBlocking(null)}
          />
        </Suspense>
      )}
    </section>
  );
}

interface CardProps {
  readonly view: RequestView;
  readonly now: number;
  readonly live: boolean;
  readonly snapshot: AppSnapshot;
  readonly onBlock: (view: ChatRequestView) => void;
}

function Card({ view, now, live, snapshot: { settings, guard }, onBlock }: CardProps) {
  // Who is blocked stands in the rules of the guard.
  const canBlock = view.kind === 'chat' && guard.plugin.state === 'present';
  if (view.kind === 'send') {
    const shared = { view, now, live, guard, hideText: settings.hideSendText };
    return view.surplus === null ? (
      <SendCard {...shared} />
    ) : (
      <SurplusCard {...shared} surplus={view.surplus} />
    );
  }
  return (
    <RequestCard
      view={view}
      now={now}
      live={live}
      tellApprovedContacts={settings.tellApprovedContacts}
      onBlock={canBlock ? () => onBlock(view) : null}
    />
  );
}

/** Brings what the owner clicked elsewhere into view; its name gets the focus, never a button. */
function useShowWanted(
  list: { readonly current: HTMLElement | null },
  heading: { readonly current: HTMLElement | null },
): void {
  const { focusRequests, guard, announcements } = useSession();
  const wanted = useSyncExternalStore(focusRequests.subscribe, focusRequests.get);
  useEffect(() => {
    if (wanted === null || list.current === null) return;
    if (show(wanted.key, list.current, heading.current)) guard.holdAll();
    else announcements.say('That request is no longer waiting.');
    focusRequests.done();
  }, [wanted, list, heading, focusRequests, guard, announcements]);
}

/** @param key null: the page from its top. @returns false when that request is not there */
function show(key: string | null, list: HTMLElement, heading: HTMLElement | null): boolean {
  if (key === null) {
    window.scrollTo(0, 0);
    heading?.focus({ preventScroll: true });
    return true;
  }
  const cards = [...list.querySelectorAll<HTMLElement>('[data-request]')];
  const card = cards.find((candidate) => candidate.dataset['request'] === key);
  card?.scrollIntoView({ block: 'start' });
  card?.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
  return card !== undefined;
}
