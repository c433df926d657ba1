/** One request to be let in: who asks, what for, what is known about them, and the owner's two answers. */
import { Suspense, useId, useRef, useState } from 'react';
import { approveMeans, buttonTexts } from '../../electron/contract/strings.ts';
import { lazyDialog } from '../lazy-dialog.tsx';
import { useSession } from '../session/session.ts';
import { remarks } from '../text.ts';
import type { Remark } from '../text.ts';
import { ApproveButton } from '../ui/approve-button.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { AnswerButtons, AnswerRow } from './answer-row.tsx';
import { CardFrame } from './card-frame.tsx';
import type { ElevationDialogProps } from './elevation-dialog.tsx';
import styles from './request-card.module.css';
import type { AdmissionView } from './request-facts.tsx';
import { RequestFacts } from './request-facts.tsx';
import { useArming } from './use-arming.ts';
import { useDecision } from './use-decision.ts';

const ElevationDialog = lazyDialog<ElevationDialogProps>(
  async () => (await import('./elevation-dialog.tsx')).ElevationDialog,
  ({ onCancel }) => onCancel(),
);

export interface RequestCardProps {
  readonly view: AdmissionView;
  /** App's clock, whole seconds. */
  readonly now: number;
  /** The gateway can be reached; otherwise nothing can be answered. */
  readonly live: boolean;
  /** What the checkbox of a chat request starts with. */
  readonly tellApprovedContacts: boolean;
  /** Asks the owner about blocking whoever asks; null where nobody can be blocked. */
  readonly onBlock: (() => void) | null;
}

export function RequestCard({ view, now, live, tellApprovedContacts, onBlock }: RequestCardProps) {
  const { guard, store } = useSession();
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const approve = useRef<HTMLButtonElement>(null);
  const arming = useArming(view);
  const decision = useDecision(view);
  const [tellContact, setTellContact] = useState(tellApprovedContacts);
  const [remark, setRemark] = useState<Remark | null>(null);
  /** The revision the elevation dialog was opened with; null while it is closed. */
  const [confirming, setConfirming] = useState<number | null>(null);

  const offersTelling = view.kind === 'chat' && view.notifySupported;
  const options = { notifyContact: offersTelling && tellContact };
  // A request that changed or closed under the dialog is not the one the owner was reading about.
  const dialogIsCurrent = confirming === view.revision && view.status === 'pending' && live;
  if (confirming !== null && !dialogIsCurrent) {
    setConfirming(null);
    setRemark('changed');
  }

  function pressApprove(byPointer: boolean): void {
    if (byPointer && guard.justMoved(view.key)) {
      setRemark('early');
      return;
    }
    setRemark(null);
    if (view.elevation.length > 0) setConfirming(view.revision);
    else decision.approve(view.revision, { ...options, elevate: false });
  }

  const describedBy = `${id}-who ${id}-means`;
  return (
    <CardFrame
      view={view}
      now={now}
      headingId={`${id}-who`}
      heading={heading}
      error={decision.answering.state === 'failed' ? decision.answering.error : null}
      remark={remark === null ? null : remarks[remark]}
      answers={
        <AnswerRow view={view} sending={decision.answering.state === 'sending'}>
          <AnswerButtons>
            {onBlock !== null && (
              <Button look="quiet" unavailable={!live} aria-describedby={`${id}-who`} onClick={onBlock}>
                Block…
              </Button>
            )}
            <Button
              unavailable={!live}
              aria-describedby={describedBy}
              onClick={() => {
                setRemark(null);
                decision.deny(view.revision);
              }}
            >
              {buttonTexts.deny}
            </Button>
            <ApproveButton
              ref={approve}
              {...arming}
              now={store.now}
              unavailable={!live}
              describedBy={describedBy}
              onApprove={pressApprove}
              onTooEarly={() => setRemark('early')}
            >
              {view.elevation.length > 0 ? `${buttonTexts.approve}…` : buttonTexts.approve}
            </ApproveButton>
          </AnswerButtons>
        </AnswerRow>
      }
    >
      <RequestFacts view={view} now={now} />
      <p id={`${id}-means`} className={styles['means']}>
        {approveMeans[view.kind]}
        {view.elevation.length > 0 && ' It needs administrator rights for a moment; you will be asked first.'}
      </p>
      {offersTelling && (
        <label className={styles['tell']}>
          <Checkbox checked={tellContact} disabled={view.status !== 'pending'} onChange={setTellContact} />
          Tell them they were approved
        </label>
      )}
      {dialogIsCurrent && (
        <Suspense>
          <ElevationDialog
            view={view}
            onConfirm={() => {
              setConfirming(null);
              decision.approve(confirming, { ...options, elevate: true });
            }}
            onCancel={() => setConfirming(null)}
            onClosed={() => (approve.current ?? heading.current)?.focus({ preventScroll: true })}
          />
        </Suspense>
      )}
    </CardFrame>
  );
}
