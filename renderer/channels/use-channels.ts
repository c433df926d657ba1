/** Reads the channels and the edits made to them: when the page opens, when something changed, and when asked to. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ChannelsView, ConfigHistoryEntry } from '../../electron/contract/channels.ts';
import type { AppError } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';

export interface ChannelsControl {
  /** The last that could be read; null before. */
  readonly channels: ChannelsView | null;
  readonly history: readonly ConfigHistoryEntry[] | null;
  /** The last reading failed; what is shown is older. */
  readonly error: AppError | null;
  readonly look: () => void;
}

type Reading = Omit<ChannelsControl, 'look'>;

/** @param live false: nothing can be read now */
export function useChannels(snapshot: AppSnapshot, live: boolean): ChannelsControl {
  const { bridge } = useSession().link;
  const [reading, setReading] = useState<Reading>({ channels: null, history: null, error: null });
  const newest = useRef(0);

  const look = useCallback(async (): Promise<void> => {
    newest.current += 1;
    const ticket = newest.current;
    const [channels, history] = await Promise.all([
      runCommand(bridge, 'channels.list', undefined),
      runCommand(bridge, 'channels.history', undefined),
    ]);
    // A later look knows more, whichever answer comes first.
    if (ticket !== newest.current) return;
    setReading((before) => ({
      channels: channels.ok ? channels.value : before.channels,
      history: history.ok ? history.value : before.history,
      error: !channels.ok ? channels.error : !history.ok ? history.error : null,
    }));
  }, [bridge]);

  const state = changeMark(snapshot);
  useEffect(() => {
    if (live) void look();
  }, [state, live, look]);

  return { ...reading, look: () => void look() };
}

/** Differs whenever the snapshot tells that the lists may have changed. */
function changeMark({ configWork, silence, guard, listsSeq }: AppSnapshot): string {
  const work =
    configWork.state === 'done' || configWork.state === 'failed' ? configWork.at : configWork.state;
  const modes =
    silence.state === 'ready'
      ? silence.accounts.map(({ account, mode, dmPolicy, wildcard }) => [account, mode, dmPolicy, wildcard])
      : silence.state;
  return JSON.stringify([work, modes, guard.policy, guard.plugin.state, listsSeq]);
}
