/** The text of a stopped message with the secrets in it marked, and nothing else about it changed. */
import { Fragment } from 'react';
import type { DisplayText } from '../../../electron/contract/display-text.ts';
import { findSecrets } from '../../../electron/contract/guard/content/find-secrets.ts';
import type { SecretKind } from '../../../electron/contract/guard/content/secret-kinds.ts';
import { StrangerText } from '../../ui/stranger-text.tsx';
import styles from './secret-text.module.css';

export interface SecretTextProps {
  readonly value: DisplayText;
  readonly secrets: readonly SecretKind[];
}

export function SecretText({ value, secrets }: SecretTextProps) {
  const found = secrets.length === 0 ? [] : findSecrets(value.text, secrets);
  if (found.length === 0) return <StrangerText value={value} />;
  const part = (start: number, end?: number) => (
    <StrangerText value={{ ...value, text: value.text.slice(start, end) }} />
  );
  return (
    <>
      {found.map(({ start, end }, index) => (
        <Fragment key={start}>
          {part(found[index - 1]?.end ?? 0, start)}
          <mark className={styles['secret']}>{part(start, end)}</mark>
        </Fragment>
      ))}
      {part(found.at(-1)?.end ?? 0)}
    </>
  );
}
