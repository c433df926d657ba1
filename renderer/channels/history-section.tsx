/** Every change Portcullis made to the gateway's config, newest first, each with its way back. */
import { useState } from 'react';
import type { ConfigHistoryEntry, ConfigWorkView } from '../../electron/contract/channels.ts';
import { ConfigChangeList } from '../config-preview/config-changes.tsx';
import { Button } from '../ui/button.tsx';
import { ago } from '../ui/format-time.ts';
import { Section } from '../ui/page.tsx';
import { reasonWords } from './channel-words.ts';
import styles from './channels.module.css';

const portion = 20;

export interface HistorySectionProps {
  readonly history: readonly ConfigHistoryEntry[];
  readonly work: ConfigWorkView;
  /** Connected, and nothing is being changed. */
  readonly changeable: boolean;
  /** Epoch ms, the app's clock. */
  readonly now: number;
  readonly onUndo: (entry: ConfigHistoryEntry) => void;
}

export function HistorySection({ history, work, ...row }: HistorySectionProps) {
  const [limit, setLimit] = useState(portion);
  return (
    <Section title="Changes made by Portcullis">
      {history.length === 0 ? (
        <p className={styles['quiet']}>None yet.</p>
      ) : (
        <ul className={styles['history']}>
          {history.slice(0, limit).map((entry, index) => (
            <Entry
              key={entry.id}
              entry={entry}
              words={reasonWords(entry.reason, history)}
              underWay={index === 0 && isWorkOn(entry, work)}
              {...row}
            />
          ))}
        </ul>
      )}
      {history.length > limit && (
        <Button onClick={() => setLimit(limit + portion)}>
          Show more ({String(history.length - limit)} left)
        </Button>
      )}
    </Section>
  );
}

interface EntryProps extends Omit<HistorySectionProps, 'history' | 'work'> {
  readonly entry: ConfigHistoryEntry;
  readonly words: string;
  /** Written just now; the gateway is about to take it over. */
  readonly underWay: boolean;
}

function Entry({ entry, words, underWay, changeable, now, onUndo }: EntryProps) {
  const [open, setOpen] = useState(false);
  const when = ago(entry.at, now);
  return (
    <li className={styles['entry']}>
      <div>
        <p className={styles['strong']}>
          <bdi>{words}</bdi>
        </p>
        <p className={styles['quiet']}>
          {when} · {changeCount(entry)}
          {entry.undone && ' · undone'}
        </p>
        {!entry.confirmed && !underWay && (
          <p className={styles['warn']}>Written, but the gateway never said that it runs with it.</p>
        )}
        {!entry.undone && entry.notUndoable !== null && (
          <p className={styles['quiet']}>{entry.notUndoable}</p>
        )}
      </div>
      {open && <ConfigChangeList changes={entry.changes} />}
      <div className={styles['buttons']}>
        <Button aria-expanded={open} aria-label={`Details: ${words}, ${when}`} onClick={() => setOpen(!open)}>
          Details
        </Button>
        {!entry.undone && entry.notUndoable === null && (
          <Button
            unavailable={!changeable}
            aria-label={`Undo… (${words}, ${when})`}
            onClick={() => onUndo(entry)}
          >
            Undo…
          </Button>
        )}
      </div>
    </li>
  );
}

/** It stands in the history as soon as it is written, before the gateway runs with it. */
function isWorkOn({ reason }: ConfigHistoryEntry, work: ConfigWorkView): boolean {
  return work.state === 'working' && JSON.stringify(work.reason) === JSON.stringify(reason);
}

function changeCount({ changes }: ConfigHistoryEntry): string {
  return changes.length === 1 ? '1 value' : `${String(changes.length)} values`;
}
