/** One answer to a stopped message; those that let it out count only once the owner has had a moment. */
import type { ReactNode } from 'react';
import type { SendAnswer } from '../../../electron/contract/guard/send-answer.ts';
import { letsOut } from '../../../electron/contract/guard/send-answer.ts';
import { sendAnswerLabels } from '../../../electron/contract/guard/send-texts.ts';
import { useSession } from '../../session/session.ts';
import { ApproveButton } from '../../ui/approve-button.tsx';
import { Button } from '../../ui/button.tsx';
import type { Arming } from '../use-arming.ts';
import type { Obstacle } from './send-obstacles.ts';

/** What all answers on a card have in common. */
export interface AnswerContext {
  readonly arming: Arming;
  readonly live: boolean;
  readonly obstacleTo: (answer: SendAnswer) => Obstacle | null;
  /** Ids of what the message is about. */
  readonly describedBy: string;
  /** @param byPointer false when it came from the keyboard or an assistive tool */
  readonly onAnswer: (answer: SendAnswer, byPointer: boolean) => void;
  readonly onTooEarly: () => void;
}

export interface AnswerButtonProps extends AnswerContext {
  readonly answer: SendAnswer;
  readonly label?: string;
  /** The one the card is about. */
  readonly main?: boolean;
  /** Id of why it cannot be given, or of what it does. */
  readonly why?: string | undefined;
}

export function AnswerButton(props: AnswerButtonProps): ReactNode {
  const { answer, why, arming, live, obstacleTo, onAnswer, onTooEarly } = props;
  const { store } = useSession();
  const label = props.label ?? sendAnswerLabels[answer];
  const unavailable = !live || obstacleTo(answer) !== null;
  const describedBy = why === undefined ? props.describedBy : `${props.describedBy} ${why}`;
  if (!letsOut(answer)) {
    return (
      <Button
        unavailable={unavailable}
        aria-describedby={describedBy}
        onClick={(event) => onAnswer(answer, event.detail > 0)}
      >
        {label}
      </Button>
    );
  }
  return (
    <ApproveButton
      {...arming}
      look={props.main === true ? 'primary' : 'plain'}
      now={store.now}
      unavailable={unavailable}
      describedBy={describedBy}
      onApprove={(byPointer) => onAnswer(answer, byPointer)}
      onTooEarly={onTooEarly}
    >
      {label}
    </ApproveButton>
  );
}
