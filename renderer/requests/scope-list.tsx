/** Scopes in words, the dangerous ones first and marked. */
import { ShieldAlert } from 'lucide-react';
import type { ScopeView } from '../../electron/contract/request.ts';
import { ScrollBox } from './scroll-box.tsx';
import styles from './scope-list.module.css';

export function ScopeList({
  label,
  scopes,
}: {
  readonly label: string;
  readonly scopes: readonly ScopeView[];
}) {
  const ordered = [
    ...scopes.filter((scope) => scope.dangerous),
    ...scopes.filter((scope) => !scope.dangerous),
  ];
  return (
    <ScrollBox label={label} count={ordered.length}>
      <ul className={styles['scopes']}>
        {ordered.map((scope) => (
          <li key={scope.scope} className={scope.dangerous ? styles['dangerous'] : styles['scope']}>
            {scope.dangerous ? (
              <ShieldAlert className={styles['icon']} size={16} aria-hidden />
            ) : (
              <span className={styles['dot']} aria-hidden />
            )}
            <span>
              {scope.dangerous && <span className="visually-hidden">Dangerous: </span>}
              <bdi>{scope.words}</bdi> <code className={styles['name']}>{scope.scope}</code>
            </span>
          </li>
        ))}
      </ul>
    </ScrollBox>
  );
}
