/** Label and value pairs of a request card; unusual text gets its explanation right below the value. */
import type { ReactNode } from 'react';
import type { DisplayText } from '../../electron/contract/display-text.ts';
import { oddities, StrangerText } from '../ui/stranger-text.tsx';
import styles from './fact-list.module.css';

export function FactList({ children }: { readonly children: ReactNode }) {
  return <dl className={styles['facts']}>{children}</dl>;
}

export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt className={styles['label']}>{label}</dt>
      <dd className={styles['value']}>{children}</dd>
    </div>
  );
}

/** A fact a stranger wrote; nothing at all when the request does not carry it. */
export function StrangerFact({
  label,
  value,
}: {
  readonly label: string;
  readonly value: DisplayText | null;
}) {
  if (value === null) return null;
  return (
    <Fact label={label}>
      <StrangerText value={value} />
      {oddities(value).map((oddity) => (
        <span key={oddity} className={styles['oddity']}>
          {`This ${oddity}.`}
        </span>
      ))}
    </Fact>
  );
}
