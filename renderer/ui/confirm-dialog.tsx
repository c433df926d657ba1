/** Explains something consequential and asks for it deliberately. Cancel has the focus. */
import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { machineClock, useHasPassed } from '../session/use-time.ts';
import { ApproveButton } from './approve-button.tsx';
import styles from './confirm-dialog.module.css';
import { holdMs } from './hold.ts';
import { Modal } from './modal.tsx';

export interface ConfirmDialogProps {
  readonly title: string;
  /** Sentences that explain it; read out when the dialog opens. */
  readonly text: ReactNode;
  /** What belongs to it but is not read out at once, e.g. a list. */
  readonly details?: ReactNode;
  readonly confirmLabel: string;
  /** It cannot be confirmed now, e.g. because nothing is chosen or it is being done. */
  readonly unavailable?: boolean;
  readonly wide?: boolean;
  /** Without the sign that says: think twice. */
  readonly harmless?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** Puts the focus back to where the owner was; otherwise what opened the dialog gets it. */
  readonly onClosed?: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, text, details, confirmLabel, onConfirm, onCancel, onClosed } = props;
  const { unavailable = false, wide = false, harmless = false } = props;
  // A double click on what opened the dialog must not confirm it.
  const [armsAt] = useState(() => Date.now() + holdMs);
  const armed = useHasPassed(armsAt, machineClock);
  return (
    <Modal
      title={title}
      icon={harmless ? null : <ShieldAlert className={styles['danger']} size={18} aria-hidden />}
      text={text}
      wide={wide}
      closeLabel="Cancel"
      onClose={onCancel}
      onClosed={onClosed}
      action={
        <ApproveButton
          armed={armed}
          armsAt={armsAt}
          now={machineClock}
          unavailable={unavailable}
          onApprove={onConfirm}
          onTooEarly={() => undefined}
        >
          {confirmLabel}
        </ApproveButton>
      }
    >
      {details}
    </Modal>
  );
}
