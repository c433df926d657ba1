/** How far a change of the gateway's config is. */
import type { ConfigProgress, ConfigStep } from '../../electron/contract/channels.ts';
import { isHeld } from '../../electron/contract/request.ts';
import { useSnapshot } from '../session/session.ts';
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
  const snapshot = useSnapshot();
  // The gateway takes a config over between turns, and a held message is in the middle of one
  // (docs/GATEWAY-PROTOCOL.md#holding-a-send).
  const held = progress.step === 'gateway' && snapshot?.requests.some(isHeld) === true;
  return (
    <p role="status" className={styles['work']}>
      <Spinner /> {workWords(progress)}
      {held && ' It waits for the stopped message: answer that one, or wait until its time is over.'}
    </p>
  );
}

export function workWords({ step, write, writes }: ConfigProgress): string {
  const part = writes > 1 ? ` (change ${String(write)} of ${String(writes)})` : '';
  return `${stepWords[step]}${part}…`;
}
