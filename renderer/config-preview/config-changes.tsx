/** Exactly what changes in the gateway's config: each value line by line. */
import type { ConfigChangeView } from '../../electron/contract/guard/guard-view.ts';
import styles from './config-preview.module.css';
import { diffLines, jsonLines } from './line-diff.ts';
import type { DiffLine } from './line-diff.ts';

export interface ConfigChangesProps {
  readonly configPath: string;
  readonly changes: readonly ConfigChangeView[];
}

/** As part of a preview, below its own heading. */
export function ConfigChanges({ configPath, changes }: ConfigChangesProps) {
  if (changes.length === 0) return <h3 className={styles['title']}>The gateway’s config stays as it is</h3>;
  return (
    <>
      <h3 className={styles['title']}>In the gateway’s config</h3>
      <p className={styles['quiet']}>
        <code>{configPath}</code>
      </p>
      <ConfigChangeList changes={changes} />
    </>
  );
}

export function ConfigChangeList({ changes }: { readonly changes: readonly ConfigChangeView[] }) {
  return changes.map((change) => <ConfigChange key={change.path} change={change} />);
}

function ConfigChange({ change }: { readonly change: ConfigChangeView }) {
  const lines = diffLines(jsonLines(change.before), jsonLines(change.after));
  return (
    <figure className={styles['change']}>
      <figcaption>
        <code className={styles['title']}>{change.path}</code>{' '}
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
