/** A contact by its whole name: two that differ only late must not look the same. A long one scrolls in its place. */
import type { DisplayText } from '../../electron/contract/display-text.ts';
import { StrangerText } from '../ui/stranger-text.tsx';
import styles from './people.module.css';

/** Longer than any address or channel id people really have. */
const longName = 200;
const beginning = 40;

export function isLongName({ text }: DisplayText): boolean {
  return text.length > longName;
}

export function ContactName({ shown }: { readonly shown: DisplayText }) {
  if (!isLongName(shown)) return <StrangerText value={shown} />;
  const begins = Array.from(shown.text).slice(0, beginning).join('');
  return (
    <span
      className={styles['longName']}
      role="group"
      aria-label={`${begins}… (${String(shown.text.length)} characters)`}
      // Who uses the keyboard scrolls it with the arrow keys.
      tabIndex={0}
    >
      <StrangerText value={shown} />
    </span>
  );
}
