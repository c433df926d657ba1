/** The sections of the window, the strip to change between them, and the way for a page to open another one. */
import { createContext, useContext } from 'react';
import styles from './navigation.module.css';

/** In the order of the strip. A section appears once `app.tsx` has a page for it. */
export const sections = [
  { id: 'requests', label: 'Requests' },
  { id: 'rules', label: 'Rules' },
  { id: 'guard', label: 'Guard' },
  { id: 'people', label: 'People' },
  { id: 'channels', label: 'Channels' },
  { id: 'settings', label: 'Settings' },
] as const;

export type SectionId = (typeof sections)[number]['id'];

export interface Sections {
  /** This window has a page for it. */
  readonly has: (section: SectionId) => boolean;
  readonly open: (section: SectionId) => void;
}

export const SectionsContext = createContext<Sections | null>(null);

export function useSections(): Sections {
  const value = useContext(SectionsContext);
  if (value === null) throw new Error('useSections needs a SectionsContext above it');
  return value;
}

export interface NavigationProps {
  readonly current: SectionId;
  /** Requests that wait for an answer. */
  readonly openCount: number;
}

export function Navigation({ current, openCount }: NavigationProps) {
  const { has, open } = useSections();
  return (
    <nav aria-label="Sections">
      <ul className={styles['sections']}>
        {sections
          .filter(({ id }) => has(id))
          .map(({ id, label }) => (
            <li key={id}>
              <button
                type="button"
                className={styles['section']}
                aria-current={id === current ? 'page' : undefined}
                onClick={() => open(id)}
              >
                {label}
                {id === 'requests' && openCount > 0 && <WaitingCount count={openCount} />}
              </button>
            </li>
          ))}
      </ul>
    </nav>
  );
}

function WaitingCount({ count }: { readonly count: number }) {
  return (
    <>
      <span className={styles['count']} aria-hidden>
        {count}
      </span>
      <span className="visually-hidden">, {count} waiting</span>
    </>
  );
}
