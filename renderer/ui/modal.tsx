/** A dialog in front of everything else. The button that closes it comes first and has the focus. */
import * as AlertDialog from 'radix-ui/alert-dialog';
import type { MouseEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import styles from './modal.module.css';

export interface ModalProps {
  readonly title: string;
  readonly icon: ReactNode;
  /** Sentences that explain it; read out when the dialog opens. */
  readonly text: ReactNode;
  readonly wide?: boolean;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** Puts the focus back to where the owner was; otherwise what opened the dialog gets it. */
  readonly onClosed?: (() => void) | undefined;
  /** Beside the button that closes it. */
  readonly action: ReactNode;
  /** What belongs to it but is not read out at once. */
  readonly children: ReactNode;
}

export function Modal(props: ModalProps) {
  const { title, icon, text, wide = false, closeLabel, onClose, onClosed, action, children } = props;
  const [opener] = useState(() => document.activeElement);
  useInertPage();
  return (
    <AlertDialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
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
              {icon}
              {title}
            </AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className={styles['text']}>{text}</div>
            </AlertDialog.Description>
            {children}
            <div className={styles['actions']}>
              <AlertDialog.Cancel asChild>
                <Button>{closeLabel}</Button>
              </AlertDialog.Cancel>
              {action}
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
