/** Whether somebody still waits for the owner's answer to a stopped message, and for how long. */
import { Hourglass, ShieldCheck } from 'lucide-react';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import { remaining } from '../../ui/format-time.ts';
import styles from './send-wait.module.css';
import { waitTexts } from './send-words.ts';

const second = 1000;
const minute = 60 * second;

export function SendWait({ view, now }: { readonly view: SendRequestView; readonly now: number }) {
  const texts = waitTexts(view);
  if (view.heldUntil === null) {
    return (
      <p className={styles['wait']}>
        <ShieldCheck size={16} aria-hidden />
        {texts.refused}
      </p>
    );
  }
  const leftMs = view.heldUntil - now;
  return (
    <p className={`${styles['wait'] ?? ''} ${styles['held'] ?? ''}`} role="timer">
      <Hourglass size={16} aria-hidden />
      {leftMs > 0 ? texts.waiting(timeLeft(leftMs)) : texts.endingNow}
    </p>
  );
}

function timeLeft(leftMs: number): string {
  return leftMs < minute ? `${String(Math.ceil(leftMs / second))} s` : remaining(leftMs);
}
