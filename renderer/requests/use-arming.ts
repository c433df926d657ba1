/** When Approve counts: the app's own moment for a fresh request, and this window's hold after anything moved. */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { RequestView } from '../../electron/contract/request.ts';
import { useSession } from '../session/session.ts';
import { machineClock, useHasPassed } from '../session/use-time.ts';

export interface Arming {
  readonly armed: boolean;
  /** Epoch ms by the app's clock. */
  readonly armsAt: number;
}

export function useArming(view: RequestView): Arming {
  const { guard, store } = useSession();
  const heldUntil = useSyncExternalStore(guard.subscribe, () => guard.heldUntil(view.key));
  const fresh = useHasPassed(view.armedAt, store.now);
  const still = useHasPassed(heldUntil, machineClock);

  const shownRevision = useRef(view.revision);
  useEffect(() => {
    // What the card says changed under the owner's eyes: reading it takes a moment.
    if (shownRevision.current !== view.revision) guard.hold(view.key);
    shownRevision.current = view.revision;
  }, [guard, view.key, view.revision]);

  return { armed: fresh && still, armsAt: Math.max(view.armedAt, heldUntil) };
}
