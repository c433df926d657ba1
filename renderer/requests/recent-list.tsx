/** What was answered lately, one compact line each. */
import { useState } from 'react';
import type { RequestView } from '../../electron/contract/request.ts';
import { closedWords } from '../text.ts';
import { Button } from '../ui/button.tsx';
import { ago } from '../ui/format-time.ts';
import { StrangerText } from '../ui/stranger-text.tsx';
import styles from './recent-list.module.css';
import { KindIcon } from './request-heading.tsx';

const shownAtFirst = 4;

export function RecentList({ views, now }: { readonly views: readonly RequestView[]; readonly now: number }) {
  const [all, setAll] = useState(false);
  if (views.length === 0) return null;
  const shown = all ? views : views.slice(0, shownAtFirst);
  return (
    <section className={styles['recent']} aria-labelledby="recently-answered">
      <h2 id="recently-answered" className={styles['title']}>
        Recently answered
      </h2>
      <ul className={styles['rows']}>
        {shown.map((view) => (
          <li key={view.key} className={styles['row']}>
            <KindIcon kind={view.kind} />
            <span className={styles['who']}>
              <StrangerText value={view.who} />
            </span>
            <span className={styles['outcome']}>
              {closedWords(view)}
              {view.outcome !== null && <span className={styles['when']}>{ago(view.outcome.at, now)}</span>}
            </span>
            {view.outcome?.note != null && <span className={styles['note']}>{view.outcome.note}</span>}
          </li>
        ))}
      </ul>
      {views.length > shownAtFirst && (
        <Button look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${String(views.length)}`}
        </Button>
      )}
    </section>
  );
}
