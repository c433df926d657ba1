/** What the owner should notice about a stopped message before anything else, in one callout. */
import type { SendWarning } from '../../../electron/contract/guard/send-answer.ts';
import { sendWarningTexts } from '../../../electron/contract/guard/send-texts.ts';
import { Callout } from '../../ui/callout.tsx';
import styles from './send-warnings.module.css';

/** What cannot be taken back, and signs that nobody real may be behind the address. */
const alarming: readonly SendWarning[] = ['secret', 'wrong-shape', 'not-understood'];

export function SendWarnings({ warnings }: { readonly warnings: readonly SendWarning[] }) {
  if (warnings.length === 0) return null;
  const isAlarming = warnings.some((warning) => alarming.includes(warning));
  return (
    <Callout tone={isAlarming ? 'danger' : 'warn'}>
      <ul className={styles['warnings']}>
        {warnings.map((warning) => (
          <li key={warning}>
            <strong>{sendWarningTexts[warning].short}.</strong> {sendWarningTexts[warning].meaning}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
