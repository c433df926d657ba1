/** Messages beyond the limit of a minute: how many, to whom, the last of them, and whether the rest may go. */
import { useId, useRef, useState } from 'react';
import type { SendAnswer } from '../../../electron/contract/guard/send-answer.ts';
import { surplusTexts } from '../../../electron/contract/guard/send-texts.ts';
import type { SurplusView } from '../../../electron/contract/request.ts';
import { Callout } from '../../ui/callout.tsx';
import { AnswerRow } from '../answer-row.tsx';
import { CardFrame } from '../card-frame.tsx';
import { useArming } from '../use-arming.ts';
import { AnswerButton } from './answer-button.tsx';
import type { AnswerContext } from './answer-button.tsx';
import answers from './send-answers.module.css';
import type { SendCardProps } from './send-card.tsx';
import styles from './send-card.module.css';
import { SendFacts } from './send-facts.tsx';
import type { Obstacle } from './send-obstacles.ts';
import { obstacleTo } from './send-obstacles.ts';
import { SendWait } from './send-wait.tsx';
import { obstacleTexts, surplusMeans, surplusTextHidden } from './send-words.ts';
import { SurplusMessages } from './surplus-messages.tsx';
import { useSendAnswer } from './use-send-answer.ts';

export interface SurplusCardProps extends SendCardProps {
  readonly surplus: SurplusView;
}

export function SurplusCard({ view, surplus, now, live, guard, hideText }: SurplusCardProps) {
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const arming = useArming(view);
  const control = useSendAnswer(view);
  const [revealed, setRevealed] = useState(false);
  const shown = revealed || !hideText;

  const obstacles = (answer: SendAnswer): Obstacle | null =>
    obstacleTo(answer, view, { guard, wholeTextShown: shown });
  const isWaiting = view.status === 'pending';
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
          <SurplusAnswers
            {...control}
            arming={arming}
            live={live}
            obstacleTo={obstacles}
            describedBy={`${id}-who ${id}-means`}
          />
        </AnswerRow>
      }
    >
      <Callout tone="warn">{surplusTexts.count(view.attempts, surplus.limit)}</Callout>
      {isWaiting && <SendWait view={view} now={now} />}
      <SurplusMessages
        messages={surplus.messages}
        hides={hideText}
        shown={shown}
        onToggle={() => setRevealed(!revealed)}
      />
      <SendFacts view={view} />
      {isWaiting && (
        <p id={`${id}-means`} className={styles['means']}>
          {surplusMeans}
        </p>
      )}
    </CardFrame>
  );
}

function SurplusAnswers(props: AnswerContext) {
  const id = useId();
  const obstacle = props.obstacleTo('hour');
  return (
    <div className={answers['answers']}>
      {obstacle !== null && (
        <p id={id} className={answers['why']}>
          {obstacle === 'text-hidden' ? surplusTextHidden : obstacleTexts[obstacle]}
        </p>
      )}
      <div className={answers['buttons']}>
        <AnswerButton {...props} answer="deny" />
        <AnswerButton
          {...props}
          answer="hour"
          main
          label={surplusTexts.letGo}
          why={obstacle === null ? undefined : id}
        />
      </div>
    </div>
  );
}
