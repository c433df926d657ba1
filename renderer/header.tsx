/** The strip on top: product, connection in one dot and a few words, and the way to each section. */
import type { ReactNode } from 'react';
import type { ConnectionView } from '../electron/contract/snapshot.ts';
import styles from './header.module.css';
import { connectionWords } from './text.ts';
import { ProductMark } from './ui/product-mark.tsx';

export interface HeaderProps {
  readonly connection: ConnectionView;
  /** This window reaches the app; if not, `connection` is old news. */
  readonly linked: boolean;
  readonly navigation: ReactNode;
}

type Tone = 'good' | 'busy' | 'off' | 'attention';

const tones: Readonly<Record<ConnectionView['state'], Tone>> = {
  stopped: 'off',
  connecting: 'busy',
  syncing: 'busy',
  ready: 'good',
  waiting: 'off',
  blocked: 'attention',
};

export function Header({ connection, linked, navigation }: HeaderProps) {
  const tone = linked ? tones[connection.state] : 'off';
  return (
    <header className={styles['header']}>
      <div className={styles['inner']}>
        <ProductMark size={24} />
        <div className={styles['words']}>
          <h1 className={styles['name']}>Portcullis</h1>
          <p className={styles['state']}>
            <span className={`${styles['dot'] ?? ''} ${styles[tone] ?? ''}`} aria-hidden />
            {linked ? connectionWords[connection.state] : 'Window not connected'}
            <GatewayName connection={connection} />
          </p>
        </div>
        <div className={styles['navigation']}>{navigation}</div>
      </div>
    </header>
  );
}

function GatewayName({ connection }: { readonly connection: ConnectionView }) {
  const gateway = connection.state === 'stopped' ? null : connection.gateway;
  if (gateway === null) return null;
  return <span className={styles['gateway']}>{gateway.address}</span>;
}
