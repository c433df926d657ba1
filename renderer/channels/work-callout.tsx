/** The change of the gateway's config under way, or how the last one ended. */
import type { ConfigHistoryEntry, ConfigWorkView } from '../../electron/contract/channels.ts';
import { WorkLine } from '../config-preview/work-line.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { reasonWords } from './channel-words.ts';

/** A success is news only for a while. */
const newsMs = 10 * 60_000;

export interface WorkCalloutProps {
  readonly work: ConfigWorkView;
  readonly history: readonly ConfigHistoryEntry[];
  /** Epoch ms, the app's clock. */
  readonly now: number;
  readonly onUndo: (entry: ConfigHistoryEntry) => void;
}

export function WorkCallout({ work, history, now, onUndo }: WorkCalloutProps) {
  if (work.state === 'idle') return null;
  const about = reasonWords(work.reason, history);
  switch (work.state) {
    case 'working':
      return (
        <Callout tone="quiet" title={`Being changed: ${about}`}>
          <WorkLine progress={work.progress} />
        </Callout>
      );
    case 'done': {
      if (now - work.at > newsMs) return null;
      const made = newestOf(work.reason, history);
      return (
        <Callout
          tone="quiet"
          live="status"
          title={`Changed: ${about}`}
          actions={made === null ? undefined : <Button onClick={() => onUndo(made)}>Undo…</Button>}
        >
          <p>The gateway has confirmed that it runs with it.</p>
        </Callout>
      );
    }
    case 'failed':
      return (
        <Callout tone="danger" live="alert" title={`Not changed as asked: ${about}`}>
          <p>{work.error.message}</p>
          <p>
            {work.written
              ? 'Some of it stands in the gateway’s config. You can undo it below.'
              : 'The gateway’s config is as it was.'}
          </p>
        </Callout>
      );
  }
}

/** The entry this work left, if it is the newest and can be taken back. */
function newestOf(
  reason: ConfigHistoryEntry['reason'],
  history: readonly ConfigHistoryEntry[],
): ConfigHistoryEntry | null {
  const [newest] = history;
  if (newest === undefined || newest.undone || newest.notUndoable !== null) return null;
  return JSON.stringify(newest.reason) === JSON.stringify(reason) ? newest : null;
}
