/** The owner's answers to a stopped message: Deny and Send once at hand, those that make a rule behind "More". */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { SecretKind } from '../../../electron/contract/guard/content/secret-kinds.ts';
import type { SendAnswer } from '../../../electron/contract/guard/send-answer.ts';
import type { DisplayText } from '../../../electron/contract/display-text.ts';
import { Button } from '../../ui/button.tsx';
import { StrangerText } from '../../ui/stranger-text.tsx';
import { AnswerButton } from './answer-button.tsx';
import type { AnswerContext } from './answer-button.tsx';
import styles from './send-answers.module.css';
import type { Obstacle } from './send-obstacles.ts';
import { alwaysWithSecret, answerMeans, obstacleTexts } from './send-words.ts';

export interface SendAnswersProps extends AnswerContext {
  /** Every recipient, as the owner knows them. */
  readonly recipients: readonly DisplayText[];
  /** What it was stopped for, where that is not its recipient; else none. */
  readonly stoppedFor: readonly SecretKind[];
}

const ruleAnswers = ['hour', 'always', 'never'] as const;

export function SendAnswers(props: SendAnswersProps) {
  const id = useId();
  const [more, setMore] = useState(false);
  const panel = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (more) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [more]);
  const obstacle = props.obstacleTo('once');
  /** A secret is not allowed for a while. */
  const offered = (answer: SendAnswer): boolean => answer !== 'hour' || props.stoppedFor.length === 0;
  const Chevron = more ? ChevronUp : ChevronDown;
  return (
    <div className={styles['answers']}>
      {obstacle !== null && (
        <p id={`${id}-why`} className={styles['why']}>
          {obstacleTexts[obstacle]}
        </p>
      )}
      <div className={styles['buttons']}>
        <AnswerButton {...props} answer="deny" />
        <AnswerButton {...props} answer="once" main why={obstacle === null ? undefined : `${id}-why`} />
        <Button aria-expanded={more} aria-controls={`${id}-more`} onClick={() => setMore(!more)}>
          More <Chevron size={16} aria-hidden />
        </Button>
      </div>
      <ul ref={panel} id={`${id}-more`} className={styles['more']} hidden={!more}>
        {ruleAnswers.filter(offered).map((answer) => (
          <li key={answer} className={styles['rule']}>
            <AnswerButton {...props} answer={answer} why={`${id}-${answer}`} />
            <p id={`${id}-${answer}`} className={styles['means']}>
              <RuleMeaning answer={answer} {...props} mainObstacle={obstacle} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RuleMeaningProps extends Pick<SendAnswersProps, 'recipients' | 'obstacleTo' | 'stoppedFor'> {
  readonly answer: (typeof ruleAnswers)[number];
  /** Already said above the buttons. */
  readonly mainObstacle: Obstacle | null;
}

function RuleMeaning({ answer, recipients, obstacleTo, mainObstacle, stoppedFor }: RuleMeaningProps) {
  const isAboutSecret = answer === 'always' && stoppedFor.length > 0;
  const [before, after] = isAboutSecret ? alwaysWithSecret(stoppedFor) : answerMeans[answer];
  const obstacle = obstacleTo(answer);
  return (
    <>
      {before}
      <RecipientNames recipients={recipients} />
      {after}
      {obstacle !== null && obstacle !== mainObstacle && ` ${obstacleTexts[obstacle]}`}
    </>
  );
}

function RecipientNames({ recipients }: Pick<SendAnswersProps, 'recipients'>) {
  const [first, ...others] = recipients;
  if (first === undefined) return 'them';
  return (
    <>
      <strong>
        <StrangerText value={first} />
      </strong>
      {others.length > 0 && ` and the ${others.length === 1 ? 'other' : `${String(others.length)} others`}`}
    </>
  );
}
