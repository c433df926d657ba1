/** Explains the extra rights one approval needs and asks for them deliberately. */
import type { RequestView } from '../../electron/contract/request.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { ScopeList } from './scope-list.tsx';

export interface ElevationDialogProps {
  readonly view: RequestView;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** Puts the focus back to where the owner was. */
  readonly onClosed: () => void;
}

export function ElevationDialog({ view, ...actions }: ElevationDialogProps) {
  return (
    <ConfirmDialog
      title="Approve with administrator rights?"
      text={
        <>
          <p>
            <StrangerText value={view.who} /> asks for more than Portcullis may grant by itself.
          </p>
          <p>
            If you continue, Portcullis opens a short second connection to the gateway with administrator
            rights, approves this one request, and closes it again.
          </p>
        </>
      }
      details={<ScopeList label="Rights needed for this" scopes={view.elevation} />}
      confirmLabel="Approve once"
      {...actions}
    />
  );
}
