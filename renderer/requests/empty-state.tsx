/** Nobody on the list: says so only when that is known to be true. */
import type { AppSnapshot, ConnectionView } from '../../electron/contract/snapshot.ts';
import { limitedText } from '../../electron/contract/strings.ts';
import { useSections } from '../navigation.tsx';
import { clockTime } from '../ui/format-time.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import styles from './empty-state.module.css';

export function EmptyState({ snapshot, live }: { readonly snapshot: AppSnapshot; readonly live: boolean }) {
  const { connection } = snapshot;
  return (
    <div className={styles['empty']}>
      <ProductMark size={44} />
      <p className={styles['title']}>{live ? nobody(connection) : 'Not connected'}</p>
      <p className={styles['text']}>
        {live && connection.state === 'ready'
          ? `Connected since ${clockTime(connection.since)}. New requests appear here by themselves.`
          : 'Requests may be waiting at the gateway. They appear here once it is connected.'}
      </p>
      {live && snapshot.guard.plugin.state === 'absent' && <GuardOffer />}
    </div>
  );
}

function GuardOffer() {
  const { has, open } = useSections();
  return (
    <p className={styles['offer']}>
      Outgoing messages are not guarded.{' '}
      {has('guard') && (
        <button type="button" className={styles['link']} onClick={() => open('guard')}>
          Set up the send guard
        </button>
      )}
    </p>
  );
}

function nobody(connection: ConnectionView): string {
  return connection.state === 'ready' && connection.limited ? `${limitedText.title}.` : 'Nobody is waiting.';
}
