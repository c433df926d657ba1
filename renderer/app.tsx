/** Chooses the page: not let in, still starting, or the shell with one of the sections. */
import type { ComponentType } from 'react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { AppSnapshot } from '../electron/contract/snapshot.ts';
import styles from './app.module.css';
import { Banners } from './connection/banners.tsx';
import { NotAuthorisedPage, StartingPage } from './connection/waiting-pages.tsx';
import { GuardPage } from './guard/guard-page.tsx';
import { Header } from './header.tsx';
import type { SectionId, Sections } from './navigation.tsx';
import { Navigation, SectionsContext } from './navigation.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { RequestList } from './requests/request-list.tsx';
import { RulesPage } from './rules/rules-page.tsx';
import { useLinkState, useSession, useSnapshot } from './session/session.ts';
import { useKeepFocus } from './session/use-keep-focus.ts';
import { SettingsView } from './settings/settings-view.tsx';

type Page = ComponentType<{ readonly snapshot: AppSnapshot }>;

/** Each page starts with an `h2`, which gets the focus when the owner opens it. */
const pages: Readonly<Partial<Record<SectionId, Page>>> & { readonly requests: Page } = {
  requests: RequestList,
  rules: RulesPage,
  guard: GuardPage,
  people: PeoplePage,
  settings: SettingsView,
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
  useEffect(() => {
    if (!headingWanted.current) return;
    headingWanted.current = false;
    window.scrollTo(0, 0);
    headingOf(main.current)?.focus({ preventScroll: true });
  }, [section]);
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
        <Page snapshot={snapshot} />
      </main>
    </SectionsContext>
  );
}

function headingOf(main: HTMLElement | null): HTMLElement | null {
  return main?.querySelector<HTMLElement>('h2[tabindex]') ?? null;
}
