/** Shows what taking a change back would do, and does it when confirmed. */
import { answersAgainTexts } from '../../electron/contract/config-texts.ts';
import type { ConfigHistoryEntry } from '../../electron/contract/channels.ts';
import { ConfigChangeList } from '../config-preview/config-changes.tsx';
import { UndoInterruption } from '../config-preview/interruption.tsx';
import { useCommand } from '../session/use-command.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';

export interface UndoChangeDialogProps {
  readonly entry: ConfigHistoryEntry;
  /** What it was about. */
  readonly words: string;
  readonly onClose: () => void;
}

export function UndoChangeDialog({ entry, words, onClose }: UndoChangeDialogProps) {
  const { send, sending, error } = useCommand('channels.undo');

  async function undo(): Promise<void> {
    const answer = await send({ id: entry.id, confirmed: entry.confirm });
    if (answer.ok) onClose();
  }

  return (
    <ConfirmDialog
      wide
      title="Undo this change?"
      text={
        <p>
          <bdi>{words}</bdi>: these values of the gateway’s config are put back.
        </p>
      }
      details={
        <>
          {entry.confirm && (
            <Callout tone="warn" title={answersAgainTexts.title}>
              <p>{answersAgainTexts.says}</p>
            </Callout>
          )}
          <ConfigChangeList
            changes={entry.changes.map(({ path, before, after }) => ({ path, before: after, after: before }))}
          />
          <UndoInterruption />
          <ErrorLine error={error} />
        </>
      }
      confirmLabel="Undo"
      unavailable={sending}
      onCancel={onClose}
      onConfirm={() => void undo()}
    />
  );
}
