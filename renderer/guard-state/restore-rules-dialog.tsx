/** Says what restoring the last good rules brings back, and what it does not. */
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

export interface RestoreRulesDialogProps {
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly onClosed: () => void;
}

export function RestoreRulesDialog(props: RestoreRulesDialogProps) {
  return (
    <ConfirmDialog
      title="Restore the last good rules?"
      text={
        <p>
          The rules that could last be read take the place of the damaged file. The damaged file is kept
          beside it. Changes made since then are not in the restored rules.
        </p>
      }
      confirmLabel="Restore"
      {...props}
    />
  );
}
