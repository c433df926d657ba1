/** The text of a stopped message with the secrets in it marked, and nothing else about it changed. */
import { Fragment } from 'react';
import type { DisplayText } from '../../../electron/contract/display-text.ts';
import type { Span } from '../../../electron/contract/guard/content/span.ts';
import { StrangerText } from '../../ui/stranger-text.tsx';
import styles from './secret-text.module.css';

export interface SecretTextProps {
  readonly value: DisplayText;
  readonly marks: readonly Span[];
}

export function SecretText({ value, marks }: SecretTextProps) {
  if (marks.length === 0) return <StrangerText value={value} />;
  const part = (start: number, end?: number) => (
    <StrangerText value={{ ...value, text: value.text.slice(start, end) }} />
  );
  return (
    <>
      {marks.map(({ start, end }, index) => (
        <Fragment key={start}>
          {part(marks[index - 1]?.end ?? 0, start)}
          <mark className={styles['secret']}>{part(start, end)}</mark>
        </Fragment>
      ))}
      {part(marks.at(-1)?.end ?? 0)}
    </>
  );
}
