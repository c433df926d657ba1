/** Asks before the gateway is told to restart: what stops meanwhile, and which rights it takes. */
import type { ScopeView } from '../../electron/contract/request.ts';
import { ScopeList } from '../requests/scope-list.tsx';
import { useCommand } from '../session/use-command.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';

export interface RestartDialogProps {
  readonly elevation: readonly ScopeView[];
  readonly onClose: () => void;
}

export function RestartDialog({ elevation, onClose }: RestartDialogProps) {
  const { send, sending, error } = useCommand('gateway.restart');

  async function restart(): Promise<void> {
    const answer = await send({ confirmed: true });
    if (answer.ok) onClose();
  }

  return (
    <ConfirmDialog
      title="Restart the gateway?"
      text={
        <>
          <p>It finishes its running work and restarts: it is away for up to half a minute.</p>
          <p>
            Portcullis opens a second connection to the gateway with administrator rights, asks for this one
            restart, and closes it again.
          </p>
        </>
      }
      details={
        <>
          <ScopeList label="Rights needed for this" scopes={elevation} />
          <ErrorLine error={error} />
        </>
      }
      confirmLabel="Restart once"
      unavailable={sending}
      onCancel={onClose}
      onConfirm={() => void restart()}
    />
  );
}
