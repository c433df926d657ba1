/** Sends the owner's answer to a stopped message; a press on a button that had only just moved is none. */
import { useState } from 'react';
import type { SendAnswer } from '../../../electron/contract/guard/send-answer.ts';
import { letsOut } from '../../../electron/contract/guard/send-answer.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import type { AppError } from '../../../electron/contract/result.ts';
import { useSession } from '../../session/session.ts';
import { useCommand } from '../../session/use-command.ts';
import { remarks } from '../../text.ts';

export interface SendAnswerControl {
  readonly sending: boolean;
  readonly error: AppError | null;
  /** Why a press led nowhere. */
  readonly remark: string | null;
  readonly onAnswer: (answer: SendAnswer, byPointer: boolean) => void;
  readonly onTooEarly: () => void;
}

export function useSendAnswer({ key, revision }: SendRequestView): SendAnswerControl {
  const { guard: clicks } = useSession();
  const command = useCommand('send.answer');
  const [tooEarly, setTooEarly] = useState(false);
  return {
    sending: command.sending,
    error: command.error,
    remark: tooEarly ? remarks.early : null,
    onAnswer: (answer, byPointer) => {
      const early = letsOut(answer) && byPointer && clicks.justMoved(key);
      setTooEarly(early);
      if (!early) void command.send({ key, revision, answer });
    },
    onTooEarly: () => setTooEarly(true),
  };
}
