/** Asks before the former config is put back, because strangers may then be answered again. */
import { answersAgainTexts, silenceModeTexts } from '../../electron/contract/config-texts.ts';
import type { SilenceAccountView } from '../../electron/contract/silence.ts';
import { UndoInterruption } from '../config-preview/interruption.tsx';
import { useCommand } from '../session/use-command.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { modeName, silenceName } from './silence-words.ts';

export interface UndoDialogProps {
  readonly account: SilenceAccountView;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}

export function UndoDialog({ account, onClose, onClosed }: UndoDialogProps) {
  const { send, sending, error } = useCommand('silence.undo');
  const former = account.former ?? 'other';

  async function undo(): Promise<void> {
    const answer = await send({ account: account.account, confirmed: account.undoConfirm });
    if (answer.ok) onClose();
  }

  return (
    <ConfirmDialog
      title={`Put the former setting of ${silenceName(account)} back?`}
      text={<p>The gateway’s config gets back exactly what it had: “{modeName(former)}”.</p>}
      details={
        <>
          {account.undoConfirm && (
            <Callout tone="warn" title={answersAgainTexts.title}>
              <p>{former === 'answer' ? silenceModeTexts.answer.says : answersAgainTexts.says}</p>
            </Callout>
          )}
          <UndoInterruption />
          <ErrorLine error={error} />
        </>
      }
      confirmLabel="Put it back"
      unavailable={sending || account.former === null}
      onCancel={onClose}
      onClosed={onClosed}
      onConfirm={() => void undo()}
    />
  );
}
