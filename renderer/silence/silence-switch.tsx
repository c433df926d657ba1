/** What strangers on iMessage get, per account, and the way to change it. Shows what holds, never what was asked for. */
import { useId } from 'react';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { isChangeable } from '../config-preview/is-changeable.ts';
import { useLinkState } from '../session/session.ts';
import { SilenceAccount } from './silence-account.tsx';
import styles from './silence.module.css';

/** Nothing at all where nothing can be said or switched. */
export function SilenceSwitch({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { silence, configWork, connection } = snapshot;
  const id = useId();
  const link = useLinkState();
  if (silence.state !== 'ready' || silence.accounts.length === 0) return null;
  const live = link.state === 'open' && connection.state === 'ready';
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <h3 id={id} className={styles['title']}>
        Strangers on iMessage
      </h3>
      {silence.accounts.map((account) => (
        <SilenceAccount
          key={account.account}
          account={account}
          named={silence.accounts.length > 1 || account.account !== 'default'}
          changeable={live && isChangeable(snapshot)}
          work={configWork}
        />
      ))}
    </section>
  );
}
