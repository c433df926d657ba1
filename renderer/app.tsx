/** Chooses the page: not let in, still starting, or the shell with requests or settings. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import styles from './app.module.css';
import { Banners } from './connection/banners.tsx';
import { NotAuthorisedPage, StartingPage } from './connection/waiting-pages.tsx';
import { Header } from './header.tsx';
import { RequestList } from './requests/request-list.tsx';
import { useLinkState, useSession, useSnapshot } from './session/session.ts';
import { SettingsView } from './settings/settings-view.tsx';

type View = 'requests' | 'settings';

export function App() {
  const { announcements, focusRequests } = useSession();
  const snapshot = useSnapshot();
  const link = useLinkState();
  const announcement = useSyncExternalStore(announcements.subscribe, announcements.get);
  const wanted = useSyncExternalStore(focusRequests.subscribe, focusRequests.get);
  const [view, setView] = useState<View>('requests');
  if (wanted !== null && view !== 'requests') setView('requests');

  const theme = snapshot?.settings.theme ?? 'system';
  const openCount = snapshot?.openCount ?? 0;
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  useEffect(() => {
    document.title = openCount === 0 ? 'Portcullis' : `(${String(openCount)}) Portcullis`;
  }, [openCount]);

  if (link.state === 'not-authorised') return <NotAuthorisedPage />;
  if (snapshot === null) return <StartingPage />;
  return (
    <>
      <Header
        connection={snapshot.connection}
        linked={link.state === 'open'}
        inSettings={view === 'settings'}
        onToggleSettings={() => setView(view === 'settings' ? 'requests' : 'settings')}
      />
      <main className={styles['page']}>
        <Banners snapshot={snapshot} link={link} onOpenSettings={() => setView('settings')} />
        {view === 'requests' ? <RequestList snapshot={snapshot} /> : <SettingsView snapshot={snapshot} />}
      </main>
      <p className="visually-hidden" role="status">
        {announcement !== null && <span key={announcement.id}>{announcement.text}</span>}
      </p>
    </>
  );
}
