/** Chooses the page: not let in, still starting, or the shell with one of the sections. */
import { Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { AppSnapshot } from '../electron/contract/snapshot.ts';
import styles from './app.module.css';
import { Banners } from './connection/banners.tsx';
import { NotAuthorisedPage, StartingPage } from './connection/waiting-pages.tsx';
import { Header } from './header.tsx';
import { lazyPage } from './lazy-page.tsx';
import type { PageComponent } from './lazy-page.tsx';
import type { SectionId, Sections } from './navigation.tsx';
import { Navigation, SectionsContext } from './navigation.tsx';
import { RequestList } from './requests/request-list.tsx';
import { useLinkState, useSession, useSnapshot } from './session/session.ts';
import { useKeepFocus } from './session/use-keep-focus.ts';

/** Each page starts with an `h2`, which gets the focus when the owner opens it. */
const pages: Readonly<Partial<Record<SectionId, PageComponent>>> & {
  readonly requests: PageComponent;
} = {
  requests: RequestList,
  rules: lazyPage(async () => (await import('./rules/rules-page.tsx')).RulesPage),
  guard: lazyPage(async () => (await import('./guard/guard-page.tsx')).GuardPage),
  people: lazyPage(async () => (await import('./people/people-page.tsx')).PeoplePage),
  channels: lazyPage(async () => (await import('./channels/channels-page.tsx')).ChannelsPage),
  settings: lazyPage(async () => (await import('./settings/settings-view.tsx')).SettingsView),
};

export function App() {
  const { announcements } = useSession();
  const snapshot = useSnapshot();
  const link = useLinkState();
  const announcement = useSyncExternalStore(announcements.subscribe, announcements.get);

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
      <Shell snapshot={snapshot} />
      <p className="visually-hidden" role="status">
        {announcement !== null && <span key={announcement.id}>{announcement.text}</span>}
      </p>
    </>
  );
}

function Shell({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { focusRequests } = useSession();
  const link = useLinkState();
  const wanted = useSyncExternalStore(focusRequests.subscribe, focusRequests.get);
  const main = useRef<HTMLElement>(null);
  const [section, setSection] = useState<SectionId>('requests');
  if (wanted !== null && section !== 'requests') setSection('requests');

  /** The owner chose a section: its heading gets the focus once it is there. */
  const headingWanted = useRef(false);
  const onShown = useCallback(() => {
    if (!headingWanted.current) return;
    headingWanted.current = false;
    window.scrollTo(0, 0);
    headingOf(main.current)?.focus({ preventScroll: true });
  }, []);
  useKeepFocus(main, () => headingOf(main.current));

  const navigation = useMemo<Sections>(
    () => ({
      has: (candidate) => pages[candidate] !== undefined,
      open: (chosen) => {
        headingWanted.current = true;
        setSection(chosen);
      },
    }),
    [],
  );
  const Page = pages[section] ?? pages.requests;
  return (
    <SectionsContext value={navigation}>
      <Header
        connection={snapshot.connection}
        linked={link.state === 'open'}
        navigation={<Navigation current={section} openCount={snapshot.openCount} />}
      />
      <main ref={main} className={styles['page']}>
        <Banners snapshot={snapshot} link={link} />
        <Suspense fallback={<p role="status">Opening…</p>}>
          <Shown key={section} onShown={onShown} />
          <Page snapshot={snapshot} />
        </Suspense>
      </main>
    </SectionsContext>
  );
}

/** Tells when the page beside it is there; one that is still being loaded holds it back. */
function Shown({ onShown }: { readonly onShown: () => void }) {
  useEffect(onShown, [onShown]);
  return null;
}

function headingOf(main: HTMLElement | null): HTMLElement | null {
  return main?.querySelector<HTMLElement>('h2[tabindex]') ?? null;
}
