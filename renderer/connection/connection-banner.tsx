/** Why there is no connection, what that means and what the owner can do about it. Nothing while all is well. */
import type { ConnectionView } from '../../electron/contract/snapshot.ts';
import { explainConnection } from '../../electron/contract/strings.ts';
import { useSections } from '../navigation.tsx';
import { useCommand } from '../session/use-command.ts';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { remaining } from '../ui/format-time.ts';
import { ActionText } from './action-text.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import styles from './connection-banner.module.css';
import { TokenForm } from './token-form.tsx';

export function ConnectionBanner({ connection }: { readonly connection: ConnectionView }) {
  switch (connection.state) {
    case 'waiting':
      // The keychain has its own banner, with its own way out.
      if (waitsForKeychain(connection)) return null;
      return <WaitingBanner connection={connection} />;
    case 'blocked':
      return <BlockedBanner connection={connection} />;
    default:
      return null;
  }
}

export function waitsForKeychain(connection: ConnectionView): boolean {
  if (connection.state !== 'waiting') return false;
  return connection.reason === 'keychain-locked' || connection.reason === 'keychain-hung';
}

type Waiting = Extract<ConnectionView, { state: 'waiting' }>;
type Blocked = Extract<ConnectionView, { state: 'blocked' }>;

function WaitingBanner({ connection }: { readonly connection: Waiting }) {
  const { store } = useSession();
  const now = useSeconds(store.now);
  const text = explainConnection(connection);
  const leftMs = connection.retryAt - now;
  return (
    <Callout
      tone={connection.reason === 'starting' ? 'quiet' : 'warn'}
      title={text.title}
      actions={
        <>
          <RetryButton />
          <span className={styles['countdown']}>
            {leftMs > 0 ? `Next try in ${remaining(leftMs)}` : 'Trying now…'}
          </span>
        </>
      }
    >
      <p>{text.meaning}</p>
      <ActionText text={text.action} />
    </Callout>
  );
}

function BlockedBanner({ connection }: { readonly connection: Blocked }) {
  const { open } = useSections();
  const { reason, detail } = connection;
  const text = explainConnection(connection);
  const wantsToken = reason === 'token-needed' || reason === 'token-wrong';
  return (
    <Callout
      tone={reason === 'tls-changed' ? 'danger' : 'warn'}
      live="status"
      title={text.title}
      actions={
        wantsToken ? undefined : (
          <>
            <RetryButton />
            {reason === 'tls-changed' && <Button onClick={() => open('settings')}>Open settings</Button>}
          </>
        )
      }
    >
      <p>{text.meaning}</p>
      {detail !== null && (
        <p>
          <code>{detail}</code>
        </p>
      )}
      <ActionText text={text.action} />
      {wantsToken && <TokenForm saveLabel="Connect" />}
    </Callout>
  );
}

export function RetryButton() {
  const { send, sending, error } = useCommand('connection.retry');
  return (
    <>
      <Button unavailable={sending} onClick={() => void send(undefined)}>
        Try again
      </Button>
      <ErrorLine error={error} />
    </>
  );
}
