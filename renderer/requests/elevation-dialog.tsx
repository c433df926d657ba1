/** Explains the extra rights one approval needs and asks for them deliberately. Cancel has the focus. */
import * as AlertDialog from 'radix-ui/alert-dialog';
import { ShieldAlert } from 'lucide-react';
import type { MouseEvent } from 'react';
import { useEffect, useState } from 'react';
import type { RequestView } from '../../electron/contract/request.ts';
import { machineClock, useHasPassed } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { ApproveButton } from './approve-button.tsx';
import { holdMs } from './click-guard.ts';
import styles from './elevation-dialog.module.css';
import { ScopeList } from './scope-list.tsx';

export interface ElevationDialogProps {
  readonly view: RequestView;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  /** Puts the focus back to where the owner was. */
  readonly onClosed: () => void;
}

export function ElevationDialog({ view, onConfirm, onCancel, onClosed }: ElevationDialogProps) {
  // A double click on Approve must not confirm what it just opened.
  const [armsAt] = useState(() => Date.now() + holdMs);
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
            className={styles['dialog']}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              onClosed();
            }}
          >
            <AlertDialog.Title className={styles['title']}>
              <ShieldAlert size={18} aria-hidden />
              Approve with administrator rights?
            </AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className={styles['text']}>
                <p>
                  <StrangerText value={view.who} /> asks for more than Portcullis may grant by itself.
                </p>
                <p>
                  If you continue, Portcullis opens a short second connection to the gateway with
                  administrator rights, approves this one request, and closes it again.
                </p>
              </div>
            </AlertDialog.Description>
            <ScopeList label="Rights needed for this" scopes={view.elevation} />
            <div className={styles['actions']}>
              <AlertDialog.Cancel asChild>
                <Button>Cancel</Button>
              </AlertDialog.Cancel>
              <ApproveButton
                armed={armed}
                armsAt={armsAt}
                now={machineClock}
                onApprove={onConfirm}
                onTooEarly={() => undefined}
              >
                Approve once
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
