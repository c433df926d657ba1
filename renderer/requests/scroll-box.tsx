/** Keeps a long list to a few lines with everything still reachable: a stranger must not push other cards away. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './scroll-box.module.css';

/** Below this many entries a list is shown in full. */
const longList = 6;

export interface ScrollBoxProps {
  readonly label: string;
  readonly count: number;
  readonly children: ReactNode;
}

export function ScrollBox({ label, count, children }: ScrollBoxProps) {
  const id = useId();
  const isLong = count > longList;
  return (
    <div className={styles['group']}>
      <p id={id} className={styles['label']}>
        {label}
        {isLong && ` (${String(count)}, scroll to see all)`}
      </p>
      <div
        className={isLong ? styles['box'] : undefined}
        role={isLong ? 'region' : undefined}
        aria-labelledby={isLong ? id : undefined}
        tabIndex={isLong ? 0 : undefined}
      >
        {children}
      </div>
    </div>
  );
}
