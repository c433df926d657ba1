/** A button for a consequential yes: never the default, usable only once armed, with the short wait visible. */
import type { ReactNode, Ref } from 'react';
import { Button } from './button.tsx';
import styles from './approve-button.module.css';

export interface ApproveButtonProps {
  readonly armed: boolean;
  /** Identifies one wait; the progress starts over when it changes. */
  readonly armsAt: number;
  /** Same clock as `armsAt`. */
  readonly now: () => number;
  /** Cannot be used for another reason than arming. */
  readonly unavailable?: boolean;
  readonly describedBy?: string | undefined;
  /** @param byPointer false when it came from the keyboard or an assistive tool */
  readonly onApprove: (byPointer: boolean) => void;
  /** Pressed while not armed. */
  readonly onTooEarly: () => void;
  readonly look?: 'plain' | 'primary';
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function ApproveButton(props: ApproveButtonProps) {
  const {
    armed,
    armsAt,
    now,
    unavailable = false,
    describedBy,
    onApprove,
    onTooEarly,
    look = 'primary',
    children,
    ref,
  } = props;
  const isArming = !armed && !unavailable;
  return (
    <Button
      ref={ref}
      look={look}
      unavailable={!armed || unavailable}
      aria-describedby={describedBy}
      onClick={(event) => onApprove(event.detail > 0)}
      onUnavailable={isArming ? onTooEarly : undefined}
    >
      {isArming && <ArmingProgress key={armsAt} armsAt={armsAt} now={now} />}
      <span className={styles['label']}>{children}</span>
    </Button>
  );
}

function ArmingProgress({ armsAt, now }: { readonly armsAt: number; readonly now: () => number }) {
  // Measured once per wait: the animation runs by itself from there.
  const start = (element: HTMLSpanElement | null): void => {
    element?.style.setProperty('--arming', `${String(Math.max(0, armsAt - now()))}ms`);
  };
  return <span ref={start} className={styles['progress']} aria-hidden />;
}
