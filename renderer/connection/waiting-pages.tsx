/** The two pages shown instead of the app: this tab is not let in, or there is nothing to show yet. */
import type { ReactNode } from 'react';
import { useLinkState } from '../session/session.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './waiting-pages.module.css';

export function NotAuthorisedPage() {
  return (
    <Page title="This tab is not signed in">
      <p>
        Portcullis lets in only tabs that it opened itself. Open it from its tray icon, or run{' '}
        <code>npm start</code> again.
      </p>
    </Page>
  );
}

export function StartingPage() {
  const link = useLinkState();
  return link.state === 'lost' ? (
    <Page title="Portcullis is not answering">
      <p>
        It may have been closed. This page connects again by itself once it runs; to start it, run{' '}
        <code>npm start</code>.
      </p>
    </Page>
  ) : (
    <Page title="Portcullis">
      <p className={styles['starting']} role="status">
        <Spinner /> Starting…
      </p>
    </Page>
  );
}

function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={styles['page']}>
      <ProductMark size={48} />
      <h1 className={styles['title']}>{title}</h1>
      {children}
    </main>
  );
}
