/** What the self-test found, in words, and when. */
import { CircleAlert, ShieldCheck } from 'lucide-react';
import type { SelfTestView } from '../../electron/contract/guard/guard-view.ts';
import { ago } from '../ui/format-time.ts';
import { testSentences } from './guard-words.ts';
import styles from './guard.module.css';

export function TestResult({ test, now }: { readonly test: SelfTestView; readonly now: number }) {
  const sentences = testSentences(test);
  return (
    <>
      {sentences.length === 0 && <p>Nothing is in place that could be tested.</p>}
      <ul className={styles['results']}>
        {sentences.map(({ good, text }) => (
          <li
            key={text}
            className={`${styles['result'] ?? ''} ${good ? (styles['good'] ?? '') : (styles['bad'] ?? '')}`}
          >
            {good ? <ShieldCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <p className={styles['quiet']}>Tested {ago(test.at, now)}.</p>
    </>
  );
}
