/** One stopped message: to whom, what exactly, who caused it, and what the owner wants to happen to it. */
import { useId, useRef } from 'react';
import type { GuardView } from '../../../electron/contract/guard/guard-view.ts';
import type { SendAnswer } from '../../../electron/contract/guard/send-answer.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import { approveMeans } from '../../../electron/contract/strings.ts';
import { AnswerRow } from '../answer-row.tsx';
import { CardFrame } from '../card-frame.tsx';
import { useArming } from '../use-arming.ts';
import { SendAnswers } from './send-answers.tsx';
import styles from './send-card.module.css';
import { SendFacts } from './send-facts.tsx';
import type { Obstacle } from './send-obstacles.ts';
import { obstacleTo } from './send-obstacles.ts';
import { SendText } from './send-text.tsx';
import { SendWait } from './send-wait.tsx';
import { SendWarnings } from './send-warnings.tsx';
import { useSendAnswer } from './use-send-answer.ts';
import { useSendText } from './use-send-text.ts';

export interface SendCardProps {
  readonly view: SendRequestView;
  /** App's clock, whole seconds. */
  readonly now: number;
  /** The gateway can be reached; otherwise nothing can be answered. */
  readonly live: boolean;
  readonly guard: GuardView;
  /** The owner's setting. */
  readonly hideText: boolean;
}

export function SendCard({ view, now, live, guard, hideText }: SendCardProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const arming = useArming(view);
  const text = useSendText(view, hideText);
  const control = useSendAnswer(view);

  const obstacles = (candidate: SendAnswer): Obstacle | null =>
    obstacleTo(candidate, view, { guard, wholeTextShown: text.isWhole });
  const isWaiting = view.status === 'pending';
  const main = obstacles('once');
  const canLeave = main === null || main === 'text-hidden';
  return (
    <CardFrame
      view={view}
      now={now}
      headingId={`${id}-who`}
      heading={heading}
      error={control.error}
      remark={control.remark}
      answers={
        <AnswerRow view={view} sending={control.sending}>
          <SendAnswers
            {...control}
            arming={arming}
            live={live}
            recipients={view.recipients.map(({ to, understood }) => understood ?? to)}
            obstacleTo={obstacles}
            stoppedFor={view.rule === 'secret' ? view.secrets : []}
            describedBy={canLeave ? `${id}-who ${id}-means` : `${id}-who`}
          />
        </AnswerRow>
      }
    >
      <SendWarnings warnings={view.warnings} />
      {isWaiting && <SendWait view={view} now={now} />}
      <SendText view={view} control={text} hidden={hideText} />
      <SendFacts view={view} />
      {isWaiting && canLeave && (
        <p id={`${id}-means`} className={styles['means']}>
          {approveMeans.send}
        </p>
      )}
    </CardFrame>
  );
}
