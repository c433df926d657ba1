/** What to do, with the commands it mentions set apart; one click selects a whole command. */
import { Fragment } from 'react';
import { mentionedCommands } from '../text.ts';
import styles from './action-text.module.css';

/** Longer commands first, so that none is cut by a shorter one that starts the same. */
const anyCommand = new RegExp(
  `(${mentionedCommands.toSorted((one, other) => other.length - one.length).join('|')})`,
);

export function ActionText({ text }: { readonly text: string }) {
  if (text === '') return null;
  return (
    <p>
      {text.split(anyCommand).map((piece, index) => (
        <Fragment key={index}>
          {mentionedCommands.includes(piece) ? <code className={styles['command']}>{piece}</code> : piece}
        </Fragment>
      ))}
    </p>
  );
}
