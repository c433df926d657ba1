/** One section of the window and its boxes. The shell gives the heading the focus when the section is opened. */
import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './page.module.css';

export function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles['page']}>
      <h2 tabIndex={-1} className={styles['heading']}>
        {title}
      </h2>
      {children}
    </div>
  );
}

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
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
