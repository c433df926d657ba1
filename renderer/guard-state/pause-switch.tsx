/** Stops every message on every channel. Shows what is true at the gateway, never what was only asked for. */
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { useLinkState } from '../session/session.ts';
import { useCommand } from '../session/use-command.ts';
import { ErrorLine } from '../ui/error-line.tsx';
import { SwitchRow } from '../ui/switch-row.tsx';
import styles from './pause-switch.module.css';

/** Nothing at all where no guard could stop a message. */
export function PauseSwitch({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { guard, connection } = snapshot;
  const link = useLinkState();
  const { send, sending, error } = useCommand('guard.pause');
  if (guard.plugin.state !== 'present') return null;
  const live = link.state === 'open' && connection.state === 'ready';
  return (
    <div className={styles['switch']}>
      <SwitchRow
        label="Pause all sends"
        hint={sending ? 'Waiting for the gateway…' : 'Nothing leaves until you resume.'}
        checked={guard.paused}
        disabled={!live || sending}
        onChange={(paused) => void send({ paused })}
      />
      <ErrorLine error={error} />
    </div>
  );
}
