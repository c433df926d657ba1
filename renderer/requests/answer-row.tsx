/** The bottom of a card: Deny and Approve, or what became of the answer. Its height stays the same throughout. */
import { Ban, Check, Clock } from 'lucide-react';
import type { Ref } from 'react';
import type { RequestView } from '../../electron/contract/request.ts';
import { buttonTexts, statusTexts } from '../../electron/contract/strings.ts';
import { useSession } from '../session/session.ts';
import { closedWords } from '../text.ts';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import styles from './answer-row.module.css';
import { ApproveButton } from './approve-button.tsx';
import type { Arming } from './use-arming.ts';

export interface AnswerRowProps {
  readonly view: RequestView;
  readonly arming: Arming;
  readonly sending: boolean;
  /** The gateway can be reached; otherwise nothing can be answered. */
  readonly live: boolean;
  readonly describedBy: string;
  readonly approveRef: Ref<HTMLButtonElement>;
  readonly onApprove: (byPointer: boolean) => void;
  readonly onTooEarly: () => void;
  readonly onDeny: () => void;
}

export function AnswerRow(props: AnswerRowProps) {
  const { view, sending } = props;
  if (view.status === 'pending' && !sending) return <AnswerButtons {...props} />;
  return (
    <p className={styles['status']} role="status">
      <StatusIcon view={view} />
      {sending && view.status === 'pending' ? statusTexts.submitting : statusLine(view)}
    </p>
  );
}

function AnswerButtons({
  view,
  arming,
  live,
  describedBy,
  approveRef,
  onApprove,
  onTooEarly,
  onDeny,
}: AnswerRowProps) {
  const { store } = useSession();
  return (
    <div className={styles['buttons']}>
      <Button unavailable={!live} aria-describedby={describedBy} onClick={onDeny}>
        {buttonTexts.deny}
      </Button>
      <ApproveButton
        ref={approveRef}
        armed={arming.armed}
        armsAt={arming.armsAt}
        now={store.now}
        unavailable={!live}
        describedBy={describedBy}
        onApprove={onApprove}
        onTooEarly={onTooEarly}
      >
        {view.elevation.length > 0 ? `${buttonTexts.approve}…` : buttonTexts.approve}
      </ApproveButton>
    </div>
  );
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
