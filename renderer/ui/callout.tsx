/** A short message set apart from its surroundings: title, sentences, what to do about it. */
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './callout.module.css';

export interface CalloutProps {
  readonly tone: 'quiet' | 'warn' | 'danger';
  readonly title?: string;
  /** `alert` interrupts, `status` is read when there is a pause, none is only there to be found. */
  readonly live?: 'alert' | 'status';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

const icons = { quiet: Info, warn: TriangleAlert, danger: CircleAlert } as const;

export function Callout({ tone, title, live, children, actions }: CalloutProps) {
  const Icon = icons[tone];
  return (
    <div className={`${styles['callout'] ?? ''} ${styles[tone] ?? ''}`} role={live}>
      <Icon className={styles['icon']} size={16} aria-hidden />
      <div className={styles['body']}>
        {title !== undefined && <p className={styles['title']}>{title}</p>}
        {children}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
    </div>
  );
}
