import { useId } from 'react';
import { Callout } from '../ui/callout.tsx';
import styles from './silence.module.css';

/** Word for word what the gateway tells a stranger; null: it differs from channel to channel. */
export function StrangerAnswer({ text }: { readonly text: string | null }) {
  const id = useId();
  if (text === null) {
    return (
      <Callout tone="warn" title="Anybody who writes gets an answer">
        <p>It names OpenClaw and a pairing code, so they learn that an assistant lives here.</p>
      </Callout>
    );
  }
  return (
    <Callout tone="warn" title="Anybody who writes gets this answer">
      <p id={id}>Word for word, with another code and their own address. At most once an hour per person.</p>
      <blockquote className={styles['answer']} tabIndex={0} aria-labelledby={id}>
        {text.trimEnd()}
      </blockquote>
    </Callout>
  );
}
