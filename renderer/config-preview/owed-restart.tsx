/** A restart the gateway owes since a change of its settings, and the one button that asks for it. */
import { Suspense, useState } from 'react';
import { owedRestartTexts } from '../../electron/contract/config-texts.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { lazyDialog } from '../lazy-dialog.tsx';
import { useLinkState } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './config-preview.module.css';
import type { RestartDialogProps } from './restart-dialog.tsx';

const RestartDialog = lazyDialog<RestartDialogProps>(
  async () => (await import('./restart-dialog.tsx')).RestartDialog,
  ({ onClose }) => onClose(),
);

export function OwedRestart({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { owedRestart, connection } = snapshot;
  const link = useLinkState();
  const [asking, setAsking] = useState(false);
  if (owedRestart === null) return null;
  const { state, elevation, error } = owedRestart;
  const live = link.state === 'open' && connection.state === 'ready';
  return (
    <Callout
      tone="warn"
      title={owedRestartTexts.title}
      actions={
        <Button unavailable={!live || state === 'restarting'} onClick={() => setAsking(true)}>
          Restart the gateway…
        </Button>
      }
    >
      {state === 'restarting' ? (
        <p role="status" className={styles['work']}>
          <Spinner /> {owedRestartTexts.restarting}
        </p>
      ) : (
        <p role="status">{owedRestartTexts.says}</p>
      )}
      <ErrorLine error={error} />
      {asking && (
        <Suspense fallback={null}>
          <RestartDialog elevation={elevation} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </Callout>
  );
}
