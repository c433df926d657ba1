/** The bottom of a card: the buttons, or what became of the answer. Its height stays the same throughout. */
import { Ban, Check, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RequestView } from '../../electron/contract/request.ts';
import { statusTexts } from '../../electron/contract/strings.ts';
import { closedWords } from '../text.ts';
import { Spinner } from '../ui/spinner.tsx';
import styles from './answer-row.module.css';

export interface AnswerRowProps {
  readonly view: RequestView;
  readonly sending: boolean;
  /** The buttons, while an answer is wanted. */
  readonly children: ReactNode;
}

export function AnswerRow({ view, sending, children }: AnswerRowProps) {
  if (view.status === 'pending' && !sending) return children;
  return (
    <p className={styles['status']} role="status">
      <StatusIcon view={view} />
      {sending && view.status === 'pending' ? statusTexts.submitting : statusLine(view)}
    </p>
  );
}

export function AnswerButtons({ children }: { readonly children: ReactNode }) {
  return <div className={styles['buttons']}>{children}</div>;
}

function StatusIcon({ view }: { readonly view: RequestView }) {
  if (view.outcome?.decision === 'approved')
    return <Check className={styles['approved']} size={16} aria-hidden />;
  if (view.outcome?.decision === 'denied') return <Ban size={16} aria-hidden />;
  if (view.status === 'settled' || view.status === 'expired') return <Clock size={16} aria-hidden />;
  return <Spinner />;
}

function statusLine(view: RequestView): string {
  const words = closedWords(view);
  return view.outcome?.note == null ? words : `${words}. ${view.outcome.note}`;
}
