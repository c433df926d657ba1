/** What the rows of the people page can ask for: something at once, or after the owner confirmed it in a dialog. */
import { createContext, useContext, useRef, useState, type ReactNode } from 'react';
import type { ScopeView } from '../../electron/contract/request.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { useSession } from '../session/session.ts';

export interface Confirmation {
  readonly title: string;
  readonly text: ReactNode;
  /** What is meant, in full; not read out at once. */
  readonly details?: ReactNode;
  /** Rights this takes beyond those held at rest; empty = none. */
  readonly elevation: readonly ScopeView[];
  readonly confirmLabel: string;
  /** Said when it is done. */
  readonly done: string;
  readonly run: () => Promise<Result<unknown>>;
}

export interface PeopleActions {
  /** Nothing can be changed now: not connected, or something is under way. */
  readonly unavailable: boolean;
  readonly confirm: (confirmation: Confirmation) => void;
  /** @param done said when it is done */
  readonly run: (done: string, work: () => Promise<Result<unknown>>) => Promise<boolean>;
}

export interface PeopleActionsState extends PeopleActions {
  readonly asking: Confirmation | null;
  readonly error: AppError | null;
  readonly confirmed: () => void;
  readonly cancelled: () => void;
  /** Puts the focus back to where the owner was; false when that is gone. */
  readonly returnFocus: () => void;
}

export function usePeopleActionsState(live: boolean): PeopleActionsState {
  const { announcements } = useSession();
  const [asking, setAsking] = useState<Confirmation | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const cameFrom = useRef<Element | null>(null);

  const run: PeopleActions['run'] = async (done, work) => {
    setBusy(true);
    setError(null);
    const outcome = await work();
    setBusy(false);
    if (outcome.ok) announcements.say(done);
    else setError(outcome.error);
    return outcome.ok;
  };

  return {
    unavailable: !live || busy,
    asking,
    error,
    run,
    confirm: (confirmation) => {
      cameFrom.current = document.activeElement;
      setError(null);
      setAsking(confirmation);
    },
    confirmed: () => {
      setAsking(null);
      if (asking !== null) void run(asking.done, asking.run);
    },
    cancelled: () => setAsking(null),
    returnFocus: () => {
      if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus({ preventScroll: true });
    },
  };
}

export const PeopleActionsContext = createContext<PeopleActions | null>(null);

export function usePeopleActions(): PeopleActions {
  const actions = useContext(PeopleActionsContext);
  if (actions === null) throw new Error('usePeopleActions needs a PeopleActionsContext above it');
  return actions;
}
