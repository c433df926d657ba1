/** Nobody on the list: says so only when that is known to be true. */
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { clockTime } from '../ui/format-time.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import styles from './empty-state.module.css';

export function EmptyState({ snapshot, live }: { readonly snapshot: AppSnapshot; readonly live: boolean }) {
  const { connection } = snapshot;
  const since = connection.state === 'ready' ? connection.since : undefined;
  return (
    <div className={styles['empty']}>
      <ProductMark size={44} />
      <p className={styles['title']}>{live ? 'Nobody is waiting.' : 'Not connected'}</p>
      <p className={styles['text']}>
        {live
          ? `${since === undefined ? 'Connected' : `Connected since ${clockTime(since)}`}. New requests appear here by themselves.`
          : 'Requests may be waiting at the gateway. They appear here once it is connected.'}
      </p>
    </div>
  );
}
