/** Reads the channels and the edits made to them: when the page opens, when something changed, and when asked to. */
import { useCallback, useEffect } from 'react';
import type { ChannelsView, ConfigHistoryEntry } from '../../electron/contract/channels.ts';
import type { AppError } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { useReading } from '../session/use-reading.ts';

export interface ChannelsControl {
  /** The last that could be read; null before. */
  readonly channels: ChannelsView | null;
  readonly history: readonly ConfigHistoryEntry[] | null;
  /** The last reading failed; what is shown is older. */
  readonly error: AppError | null;
  readonly look: () => void;
}

/** @param live false: nothing can be read now */
export function useChannels(snapshot: AppSnapshot, live: boolean): ChannelsControl {
  const { read: readList, ...list } = useReading('channels.list');
  const { read: readHistory, ...history } = useReading('channels.history');

  const look = useCallback((): void => {
    void readList(undefined);
    void readHistory(undefined);
  }, [readList, readHistory]);

  const state = changeMark(snapshot);
  useEffect(() => {
    if (live) look();
  }, [state, live, look]);

  return { channels: list.value, history: history.value, error: list.error ?? history.error, look };
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
