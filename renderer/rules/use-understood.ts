/**
 * How the app understands the address being typed. One question at a time, and always the latest text next: no
 * timers, no answers to older texts, no flood of questions.
 */
import { useEffect, useRef, useState } from 'react';
import type { UnderstoodAddress } from '../../electron/contract/guard/guard-view.ts';
import type { RuleAccount } from '../../electron/contract/guard/rule-change.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import type { CommandInput } from '../../electron/contract/api.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';

export type Understanding =
  | { readonly state: 'empty' | 'asking' }
  | { readonly state: 'answered'; readonly address: UnderstoodAddress }
  | { readonly state: 'failed'; readonly error: AppError };

type Question = CommandInput<'guard.understand'>;

interface Answered {
  readonly question: Question;
  readonly answer: Result<UnderstoodAddress>;
}

export function useUnderstood(
  { channel, account }: RuleAccount,
  text: string,
  region: string | null,
): Understanding {
  const { bridge } = useSession().link;
  const [answered, setAnswered] = useState<Answered | null>(null);
  const latest = useRef<Question | null>(null);
  const asking = useRef(false);

  const to = text.trim();
  useEffect(() => {
    latest.current = to === '' ? null : { channel, account, to, region };
    const ask = async (): Promise<void> => {
      if (asking.current) return;
      asking.current = true;
      let question = latest.current;
      while (question !== null) {
        const answer = await runCommand(bridge, 'guard.understand', question);
        setAnswered({ question, answer });
        question = latest.current === question ? null : latest.current;
      }
      asking.current = false;
    };
    void ask();
  }, [bridge, channel, account, to, region]);

  if (to === '') return { state: 'empty' };
  if (answered === null || !isAbout(answered.question, { channel, account, to, region }))
    return { state: 'asking' };
  const { answer } = answered;
  return answer.ok ? { state: 'answered', address: answer.value } : { state: 'failed', error: answer.error };
}

function isAbout(one: Question, other: Question): boolean {
  return (
    one.to === other.to &&
    one.region === other.region &&
    one.channel === other.channel &&
    one.account === other.account
  );
}
