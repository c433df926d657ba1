/** What was just done, with the way back for as long as it leads there. */
import { useState } from 'react';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { machineClock, useHasPassed } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { ChangeError } from './change-error.tsx';
import styles from './rules.module.css';
import type { Undo } from './use-rules.ts';

export interface UndoBarProps {
  readonly undo: Undo | null;
  readonly busy: boolean;
  readonly onUndo: () => Promise<Result<null>>;
}

export function UndoBar({ undo, busy, onUndo }: UndoBarProps) {
  /** Belongs to one offer; the next change makes it old news. */
  const [failure, setFailure] = useState<{ readonly of: Undo; readonly error: AppError } | null>(null);
  const over = useHasPassed(undo?.offeredUntil ?? 0, machineClock);
  const offered = undo !== null && !over ? undo : null;
  const error = failure !== null && (undo === null || undo === failure.of) ? failure.error : null;

  async function takeBack(of: Undo): Promise<void> {
    const answer = await onUndo();
    setFailure(answer.ok ? null : { of, error: answer.error });
  }

  return (
    <div role="status" className={offered !== null || error !== null ? styles['undo'] : undefined}>
      {offered !== null && (
        <>
          <p>
            <bdi>{offered.text}</bdi>
          </p>
          <Button unavailable={busy} onClick={() => void takeBack(offered)}>
            Undo
          </Button>
        </>
      )}
      <ChangeError error={error} />
    </div>
  );
}
