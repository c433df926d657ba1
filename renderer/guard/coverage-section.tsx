/** What is seen with the set-up there is now, what is not, and the whole table behind it. */
import { coverage } from '../../electron/contract/guard/coverage.ts';
import type { CoverageCell } from '../../electron/contract/guard/coverage.ts';
import type { GuardView } from '../../electron/contract/guard/guard-view.ts';
import { Callout } from '../ui/callout.tsx';
import type { CoverageNow, LayersNow } from './coverage-now.ts';
import { coverageNow, layersNow } from './coverage-now.ts';
import styles from './guard.module.css';

const cellWords: Readonly<Record<CoverageNow, string>> = {
  asked: 'asks you',
  stopped: 'stopped',
  'not-seen': 'not seen',
  unverified: 'not tested',
  unknown: 'not known',
};

export function CoverageSection({ guard }: { readonly guard: GuardView }) {
  const layers = layersNow(guard);
  const rows = coverageNow(coverage, layers);
  const unseen = rows.filter(({ now }) => now === 'not-seen');
  const unverified = rows.filter(({ now }) => now === 'unverified');
  const guarded = guard.accounts.some(({ unlisted }) => unlisted === 'ask' || unlisted === 'deny');
  return (
    <>
      <p>{layersSentence(layers)}</p>
      {(layers.plugin === 'on' || layers.plugin === 'older') && !guarded && (
        <Callout tone="warn" title="No account is guarded yet">
          <p>Everything leaves until you choose, under Rules, to be asked about unlisted recipients.</p>
        </Callout>
      )}
      <Ways title="Not seen now: such a message leaves" rows={unseen} />
      <Ways title="Not tested: do not count on it" rows={unverified} />
      <div className={styles['tableBox']} role="region" aria-label="All ways out" tabIndex={0}>
        <table className={styles['table']}>
          <caption className="visually-hidden">
            What each layer does with a message to somebody no rule names
          </caption>
          <thead>
            <tr>
              <th scope="col">A message sent by</th>
              <th scope="col">Now</th>
              <th scope="col">Plugin</th>
              <th scope="col">Strict mode</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.path}>
                <th scope="row">
                  {row.path}
                  {row.note !== null && <span className={styles['rowNote']}>{row.note}</span>}
                </th>
                <Cell cell={row.now} strong />
                <Cell cell={row.plugin} />
                <Cell cell={row.transport} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Cell({
  cell,
  strong = false,
}: {
  readonly cell: CoverageCell | CoverageNow;
  readonly strong?: boolean;
}) {
  const covered = cell === 'asked' || cell === 'stopped';
  const look = covered ? 'good' : cell === 'not-seen' ? 'bad' : 'quiet';
  return (
    <td className={`${styles[look] ?? ''} ${strong ? (styles['strong'] ?? '') : ''}`}>{cellWords[cell]}</td>
  );
}

interface WaysProps {
  readonly title: string;
  readonly rows: readonly { readonly path: string }[];
}

function Ways({ title, rows }: WaysProps) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h4 className={styles['strong']}>{title}</h4>
      <ul className={styles['points']}>
        {rows.map(({ path }) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
    </div>
  );
}

const insideSentence: Readonly<Record<'on' | 'older' | 'off', string>> = {
  on: 'The plugin is in place',
  older: 'An older plugin is in place, which does not stop the openclaw command',
  off: 'The plugin is not in place',
};

function layersSentence({ plugin, strict }: LayersNow): string {
  if (plugin === 'unknown') return 'What is in place is not known while the gateway is not connected.';
  const inside = insideSentence[plugin];
  switch (strict) {
    case 'on':
      return `${inside}, and strict mode is on.`;
    case 'off':
      return `${inside}, and strict mode is off.`;
    case 'mixed':
      return `${inside}, and strict mode is on for some iMessage accounts only; below counts what holds for all.`;
    case 'unknown':
      return `${inside}; whether strict mode is on can only be seen on the gateway’s machine.`;
  }
}
