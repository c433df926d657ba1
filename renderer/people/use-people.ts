/** Reads who is in: when the page opens, when the app says that something changed, and when asked to. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PeopleView } from '../../electron/contract/people.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';

export interface PeopleLists {
  /** The last that could be read; null before. */
  readonly view: PeopleView | null;
  /** The last reading failed; what is shown is older. */
  readonly error: AppError | null;
  /** @param elevate also what the gateway hides from a connection without administrator rights */
  readonly look: (elevate: boolean) => Promise<Result<unknown>>;
}

type Reading = Pick<PeopleLists, 'view' | 'error'>;

/** @param seq the snapshot's `listsSeq`; @param live false: nothing can be read now */
export function usePeople(seq: number, live: boolean): PeopleLists {
  const { bridge } = useSession().link;
  const [reading, setReading] = useState<Reading>({ view: null, error: null });
  const newest = useRef(0);

  const look = useCallback(
    async (elevate: boolean): Promise<Result<unknown>> => {
      newest.current += 1;
      const ticket = newest.current;
      const answer = await runCommand(bridge, 'people.list', { elevate });
      // A later look knows more, whichever answer comes first.
      if (ticket === newest.current) {
        setReading((before) =>
          answer.ok ? { view: answer.value, error: null } : { view: before.view, error: answer.error },
        );
      }
      return answer;
    },
    [bridge],
  );

  useEffect(() => {
    if (live) void look(false);
  }, [seq, live, look]);

  return { ...reading, look };
}
