/** Tries, on request, whether a message is really stopped at each layer that is in place. */
import { useState } from 'react';
import type { GuardSetupView, SelfTestView } from '../../electron/contract/guard/guard-view.ts';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { TestResult } from './test-result.tsx';
import styles from './guard.module.css';

export interface SelfTestProps {
  readonly setup: GuardSetupView;
  /** Something is in place that can be tested, and nothing is being changed. */
  readonly possible: boolean;
  /** Epoch ms, the app's clock. */
  readonly now: number;
}

export function SelfTest({ setup, possible, now }: SelfTestProps) {
  const { send, sending, error } = useCommand('guard.selfTest');
  const [own, setOwn] = useState<SelfTestView | null>(null);
  const kept = setup.state === 'idle' ? setup.lastTest : null;
  const test = own === null || (kept !== null && kept.at > own.at) ? kept : own;

  async function run(): Promise<void> {
    const answer = await send(undefined);
    if (answer.ok) setOwn(answer.value);
  }

  return (
    <>
      <p>Tries to send a message to an address that cannot exist. Nothing is delivered, whatever happens.</p>
      <Button className={styles['start']} unavailable={!possible || sending} onClick={() => void run()}>
        {sending ? 'Testing…' : 'Test now'}
      </Button>
      <div role="status" className={styles['plan']}>
        {test !== null && !sending && <TestResult test={test} now={now} />}
      </div>
      <ErrorLine error={error} />
    </>
  );
}
