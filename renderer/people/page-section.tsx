/** One titled box of the people page. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './people.module.css';

export function PageSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <h3 id={id} className={styles['title']}>
        {title}
      </h3>
      {children}
    </section>
  );
}
