/** Exactly what a set-up would change: each value of the config line by line, and the files. */
import type {
  ConfigChangeView,
  FileChangeView,
  GuardSetupPlan,
} from '../../electron/contract/guard/guard-view.ts';
import { diffLines, jsonLines } from './line-diff.ts';
import type { DiffLine } from './line-diff.ts';
import styles from './guard.module.css';

const fileWords: Readonly<Record<FileChangeView['change'], string>> = {
  created: 'new',
  replaced: 'replaced',
  removed: 'removed',
};

export function PlanDetails({ plan }: { readonly plan: GuardSetupPlan }) {
  return (
    <div className={styles['plan']}>
      <h3 className={styles['strong']}>
        {plan.config.length === 0 ? 'The gateway’s config stays as it is' : 'In the gateway’s config'}
      </h3>
      {plan.config.length > 0 && (
        <>
          <p className={styles['quiet']}>
            <code>{plan.configPath}</code>
          </p>
          {plan.config.map((change) => (
            <ConfigChange key={change.path} change={change} />
          ))}
        </>
      )}
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

function ConfigChange({ change }: { readonly change: ConfigChangeView }) {
  const lines = diffLines(jsonLines(change.before), jsonLines(change.after));
  return (
    <figure className={styles['change']}>
      <figcaption>
        <code className={styles['strong']}>{change.path}</code>{' '}
        <span className={styles['quiet']}>{changeWords(change)}</span>
      </figcaption>
      <pre className={styles['diff']} tabIndex={0} role="group" aria-label={`Change of ${change.path}`}>
        {lines.map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </pre>
    </figure>
  );
}

function changeWords({ before, after }: ConfigChangeView): string {
  if (before === null) return 'is added';
  return after === null ? 'is removed' : 'changes';
}

const signs: Readonly<Record<DiffLine['change'], string>> = { same: ' ', removed: '-', added: '+' };
const spoken: Readonly<Record<DiffLine['change'], string>> = {
  same: '',
  removed: 'before: ',
  added: 'after: ',
};

/** The sign says it to the eye, the hidden word to the ear; colour only helps. */
function Line({ line }: { readonly line: DiffLine }) {
  return (
    <span className={`${styles['line'] ?? ''} ${styles[line.change] ?? ''}`}>
      <span aria-hidden>{signs[line.change]} </span>
      <span className="visually-hidden">{spoken[line.change]}</span>
      <bdi>{line.text}</bdi>
      {'\n'}
    </span>
  );
}
