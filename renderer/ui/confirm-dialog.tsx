/** Explains something consequential and asks for it deliberately. Cancel has the focus. */
import * as AlertDialog from 'radix-ui/alert-dialog';
import { ShieldAlert } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { machineClock, useHasPassed } from '../session/use-time.ts';
import { ApproveButton } from './approve-button.tsx';
import { Button } from './button.tsx';
import styles from './confirm-dialog.module.css';
import { holdMs } from './hold.ts';

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
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** Puts the focus back to where the owner was; otherwise what opened the dialog gets it. */
  readonly onClosed?: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, text, details, confirmLabel, onConfirm, onCancel, onClosed } = props;
  const { unavailable = false, wide = false } = props;
  // A double click on what opened the dialog must not confirm it.
  const [armsAt] = useState(() => Date.now() + holdMs);
  const [opener] = useState(() => document.activeElement);
  const armed = useHasPassed(armsAt, machineClock);
  useInertPage();
  return (
    <AlertDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onCancel();
      }}
    >
      <AlertDialog.Portal>
        {/* Not AlertDialog.Overlay: that one writes a style element, which our content security policy forbids. */}
        <div className={styles['backdrop']} onMouseDown={keepFocusInside}>
          <AlertDialog.Content
            className={`${styles['dialog'] ?? ''} ${wide ? (styles['wide'] ?? '') : ''}`}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              if (onClosed !== undefined) onClosed();
              else if (opener instanceof HTMLElement) opener.focus();
            }}
          >
            <AlertDialog.Title className={styles['title']}>
              <ShieldAlert size={18} aria-hidden />
              {title}
            </AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className={styles['text']}>{text}</div>
            </AlertDialog.Description>
            {details}
            <div className={styles['actions']}>
              <AlertDialog.Cancel asChild>
                <Button>Cancel</Button>
              </AlertDialog.Cancel>
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
            </div>
          </AlertDialog.Content>
        </div>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** A press beside the dialog, or the second half of the double click that opened it, leaves the focus on Cancel. */
function keepFocusInside(event: MouseEvent<HTMLElement>): void {
  if (event.target === event.currentTarget || event.detail > 1) event.preventDefault();
}

/** Radix hides the page behind from screen readers only; inert takes it out of reach for everything else too. */
function useInertPage(): void {
  useEffect(() => {
    const page = document.getElementById('root');
    page?.toggleAttribute('inert', true);
    return () => {
      page?.toggleAttribute('inert', false);
    };
  }, []);
}
