/** Something a page reads, again and again: the last answer that could be had, and of several the newest counts. */
import { useCallback, useRef, useState } from 'react';
import type { CommandInput, CommandName, CommandOutput } from '../../electron/contract/api.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { runCommand } from './run-command.ts';
import { useSession } from './session.ts';

export interface Reading<K extends CommandName> {
  /** The last that could be read; null before. */
  readonly value: CommandOutput<K> | null;
  /** The last reading failed; the value is older. */
  readonly error: AppError | null;
  /** @returns its own answer, whether or not it is still the newest */
  readonly read: (input: CommandInput<K>) => Promise<Result<CommandOutput<K>>>;
  /** What is being read now is old news. */
  readonly leave: () => void;
  /** Something else answered with what reading would give now. */
  readonly show: (value: CommandOutput<K>) => void;
}

export function useReading<K extends CommandName>(name: K): Reading<K> {
  const { bridge } = useSession().link;
  const [last, setLast] = useState<Pick<Reading<K>, 'value' | 'error'>>({ value: null, error: null });
  const newest = useRef(0);

  const leave = useCallback(() => {
    newest.current += 1;
  }, []);

  const read = useCallback(
    async (input: CommandInput<K>): Promise<Result<CommandOutput<K>>> => {
      newest.current += 1;
      const ticket = newest.current;
      const answer = await runCommand(bridge, name, input);
      // A later look knows more, whichever answer comes first.
      if (ticket === newest.current) {
        setLast(({ value }) =>
          answer.ok ? { value: answer.value, error: null } : { value, error: answer.error },
        );
      }
      return answer;
    },
    [bridge, name],
  );

  const show = useCallback(
    (value: CommandOutput<K>) => {
      leave();
      setLast({ value, error: null });
    },
    [leave],
  );

  return { ...last, read, leave, show };
}
