/** The last of the messages beyond the limit, each with whom it was for: hidden until asked for, where the owner wants it. */
import { useId } from 'react';
import type { SurplusView } from '../../../electron/contract/request.ts';
import { oddities, StrangerText } from '../../ui/stranger-text.tsx';
import styles from './send-text.module.css';
import { TextToggle } from './text-toggle.tsx';

export interface SurplusMessagesProps {
  readonly messages: SurplusView['messages'];
  /** Can be hidden. */
  readonly hides: boolean;
  readonly shown: boolean;
  readonly onToggle: () => void;
}

export function SurplusMessages({ messages, hides, shown, onToggle }: SurplusMessagesProps) {
  const id = useId();
  return (
    <div className={styles['block']}>
      <div className={styles['line']}>
        <p id={id} className={styles['note']}>
          {messages.length === 1 ? 'The last message' : `The last ${String(messages.length)} messages`}
        </p>
        {hides && <TextToggle what="the messages" shown={shown} onToggle={onToggle} />}
      </div>
      {shown && (
        <div className={styles['text']} role="region" aria-labelledby={id} tabIndex={0}>
          <ul className={styles['messages']}>
            {messages.map(({ to, text }, index) => (
              <li key={index}>
                <p className={styles['note']}>
                  To <StrangerText value={to} />
                </p>
                {text.text === '' ? (
                  <p className={styles['note']}>This message has no text.</p>
                ) : (
                  <p>
                    <StrangerText value={text} />
                  </p>
                )}
                {oddities(text).map((oddity) => (
                  <p key={oddity} className={styles['odd']}>{`This text ${oddity}.`}</p>
                ))}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
