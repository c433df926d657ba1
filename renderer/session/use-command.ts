/** One command as a control needs it: send it, know that it is on its way, keep its failure. */
import { useState } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../electron/contract/api.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { runCommand } from './run-command.ts';
import { useSession } from './session.ts';

export interface CommandControl<K extends CommandName> {
  readonly sending: boolean;
  /** The last send failed; null otherwise. */
  readonly error: AppError | null;
  /** The last send succeeded. */
  readonly done: boolean;
  readonly send: (input: CommandInput<K>) => Promise<Result<CommandOutput<K>>>;
}

type Progress =
  { readonly state: 'idle' | 'sending' | 'done' } | { readonly state: 'failed'; readonly error: AppError };

export function useCommand<K extends CommandName>(name: K): CommandControl<K> {
  const { bridge } = useSession().link;
  const [progress, setProgress] = useState<Progress>({ state: 'idle' });
  return {
    sending: progress.state === 'sending',
    error: progress.state === 'failed' ? progress.error : null,
    done: progress.state === 'done',
    send: async (input) => {
      setProgress({ state: 'sending' });
      const answer = await runCommand(bridge, name, input);
      setProgress(answer.ok ? { state: 'done' } : { state: 'failed', error: answer.error });
      return answer;
    },
  };
}
