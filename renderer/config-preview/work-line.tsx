/** How far a change of the gateway's config is. */
import type { ConfigProgress, ConfigStep } from '../../electron/contract/channels.ts';
import { Spinner } from '../ui/spinner.tsx';
import styles from './config-preview.module.css';

const stepWords: Readonly<Record<ConfigStep, string>> = {
  writing: 'Changing the gateway’s config',
  restart: 'The gateway finishes its running work and restarts',
  gateway: 'Waiting for the gateway to take it over',
  channel: 'The channel restarts; waiting until it is back',
  rules: 'Storing the send guard’s rules',
};

export function WorkLine({ progress }: { readonly progress: ConfigProgress }) {
  return (
    <p role="status" className={styles['work']}>
      <Spinner /> {workWords(progress)}
    </p>
  );
}

export function workWords({ step, write, writes }: ConfigProgress): string {
  const part = writes > 1 ? ` (change ${String(write)} of ${String(writes)})` : '';
  return `${stepWords[step]}${part}…`;
}
