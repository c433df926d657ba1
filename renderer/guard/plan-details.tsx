/** Exactly what a set-up would change: values of the gateway's config, and files. */
import type { FileChangeView, GuardSetupPlan } from '../../electron/contract/guard/guard-view.ts';
import { ConfigChanges } from '../config-preview/config-changes.tsx';
import styles from './guard.module.css';

const fileWords: Readonly<Record<FileChangeView['change'], string>> = {
  created: 'new',
  replaced: 'replaced',
  removed: 'removed',
};

export function PlanDetails({ plan }: { readonly plan: GuardSetupPlan }) {
  return (
    <div className={styles['plan']}>
      <ConfigChanges configPath={plan.configPath} changes={plan.config} />
      {plan.files.length > 0 && (
        <>
          <h3 className={styles['strong']}>Files</h3>
          <ul className={styles['files']}>
            {plan.files.map(({ path, change }) => (
              <li key={path}>
                <code>{path}</code> <span className={styles['quiet']}>{fileWords[change]}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        {plan.restartsChannel
          ? 'The channel restarts and is away for a few seconds.'
          : 'No channel is restarted.'}
      </p>
    </div>
  );
}
