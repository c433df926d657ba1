/** One request: who asks, what for, what is known about them, and the owner's two answers. */
import * as Checkbox from 'radix-ui/checkbox';
import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { isOpen } from '../../electron/contract/request.ts';
import type { RequestView } from '../../electron/contract/request.ts';
import { approveMeans } from '../../electron/contract/strings.ts';
import { useSession } from '../session/session.ts';
import { useKeepFocus } from '../session/use-keep-focus.ts';
import { failureTitles } from '../text.ts';
import { Callout } from '../ui/callout.tsx';
import { AnswerRow } from './answer-row.tsx';
import { ElevationDialog } from './elevation-dialog.tsx';
import styles from './request-card.module.css';
import { RequestFacts } from './request-facts.tsx';
import { RequestHeading } from './request-heading.tsx';
import { useArming } from './use-arming.ts';
import { useDecision } from './use-decision.ts';

export interface RequestCardProps {
  readonly view: RequestView;
  /** App's clock, whole seconds. */
  readonly now: number;
  readonly live: boolean;
  /** What the checkbox of a chat request starts with. */
  readonly tellApprovedContacts: boolean;
}

/** Why a press of Approve led nowhere. */
const remarks = {
  early: 'This had only just appeared or moved, so nothing was sent. Look again, then press Approve.',
  changed: 'This changed while you were reading, so nothing was sent. Look again, then decide.',
} as const;
type Remark = keyof typeof remarks;

export function RequestCard({ view, now, live, tellApprovedContacts }: RequestCardProps) {
  const { guard } = useSession();
  const id = useId();
  const card = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const answers = useRef<HTMLDivElement>(null);
  const approve = useRef<HTMLButtonElement>(null);
  const arming = useArming(view);
  const decision = useDecision(view);
  const [tellContact, setTellContact] = useState(tellApprovedContacts);
  const [remark, setRemark] = useState<Remark | null>(null);
  /** The revision the elevation dialog was opened with; null while it is closed. */
  const [confirming, setConfirming] = useState<number | null>(null);

  useKeepFocus(card, heading);
  useEffect(
    () => (answers.current === null ? undefined : guard.watch(view.key, answers.current)),
    [guard, view.key],
  );

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

  return (
    <article
      ref={card}
      className={`${styles['card'] ?? ''} ${isOpen(view) ? '' : (styles['closed'] ?? '')}`}
      aria-labelledby={`${id}-who`}
      data-request={view.key}
    >
      <RequestHeading ref={heading} id={`${id}-who`} view={view} now={now} />
      <RequestFacts view={view} now={now} />
      <p id={`${id}-means`} className={styles['means']}>
        {approveMeans[view.kind]}
        {view.elevation.length > 0 && ' It needs administrator rights for a moment; you will be asked first.'}
      </p>
      {offersTelling && (
        <label className={styles['tell']}>
          <Checkbox.Root
            className={styles['checkbox']}
            checked={tellContact}
            disabled={view.status !== 'pending'}
            onCheckedChange={(checked) => setTellContact(checked === true)}
          >
            <Checkbox.Indicator className={styles['tick']}>
              <Check size={14} strokeWidth={3} aria-hidden />
            </Checkbox.Indicator>
          </Checkbox.Root>
          Tell them they were approved
        </label>
      )}
      {view.note !== null && decision.answering.state !== 'failed' && (
        <Callout tone="warn" live="status">
          {view.note}
        </Callout>
      )}
      {view.status === 'pending' && decision.answering.state === 'failed' && (
        <Callout tone="danger" live="alert" title={failureTitles[decision.answering.error.code]}>
          {decision.answering.error.message}
        </Callout>
      )}
      {remark !== null && view.status === 'pending' && (
        <p className={styles['remark']} role="status">
          {remarks[remark]}
        </p>
      )}
      <div ref={answers}>
        <AnswerRow
          view={view}
          arming={arming}
          sending={decision.answering.state === 'sending'}
          live={live}
          describedBy={`${id}-who ${id}-means`}
          approveRef={approve}
          onApprove={pressApprove}
          onTooEarly={() => setRemark('early')}
          onDeny={() => {
            setRemark(null);
            decision.deny(view.revision);
          }}
        />
      </div>
      {dialogIsCurrent && (
        <ElevationDialog
          view={view}
          onConfirm={() => {
            setConfirming(null);
            decision.approve(confirming, { ...options, elevate: true });
          }}
          onCancel={() => setConfirming(null)}
          onClosed={() => (approve.current ?? heading.current)?.focus({ preventScroll: true })}
        />
      )}
    </article>
  );
}
