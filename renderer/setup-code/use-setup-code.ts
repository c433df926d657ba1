/** One code from asking to its end. The window holds the code only while it is shown, and says when it no longer does. */
import { useEffect, useState } from 'react';
import type {
  SetupAccess,
  SetupCode,
  SetupRefusal,
  UsedSetupCode,
} from '../../electron/contract/setup-code.ts';
import type { DisplayText } from '../../electron/contract/display-text.ts';
import type { AppError } from '../../electron/contract/result.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession, useSnapshot } from '../session/session.ts';
import { useHasPassed } from '../session/use-time.ts';

export type PairingPhase =
  | { readonly state: 'asking'; readonly error: AppError | null }
  | { readonly state: 'making' }
  | { readonly state: 'shown'; readonly code: SetupCode; readonly wanted: SetupAccess }
  | { readonly state: 'refused'; readonly why: SetupRefusal; readonly gatewayWords: DisplayText }
  | { readonly state: 'expired' }
  | { readonly state: 'used'; readonly used: UsedSetupCode };

export interface PairingControl {
  readonly phase: PairingPhase;
  readonly make: (access: SetupAccess) => Promise<void>;
  readonly startOver: () => void;
}

export function useSetupCode(): PairingControl {
  const { link, store } = useSession();
  const used = useSnapshot()?.usedSetupCode ?? null;
  const [phase, setPhase] = useState<PairingPhase>({ state: 'asking', error: null });
  const expired = useHasPassed(phase.state === 'shown' ? phase.code.expiresAt : Infinity, store.now);

  if (phase.state === 'shown') {
    if (used !== null && used.setupId === phase.code.setupId) setPhase({ state: 'used', used });
    else if (expired) setPhase({ state: 'expired' });
  }

  const holdsCode = phase.state === 'making' || phase.state === 'shown';
  useEffect(() => {
    if (!holdsCode) return undefined;
    // However it ends: used, expired, refused, closed.
    return () => void runCommand(link.bridge, 'setupCode.forget', undefined);
  }, [holdsCode, link]);

  return {
    phase,
    make: async (access) => {
      setPhase({ state: 'making' });
      const answer = await runCommand(link.bridge, 'setupCode.create', { access, elevate: true });
      if (!answer.ok) setPhase({ state: 'asking', error: answer.error });
      else if (answer.value.outcome === 'made') {
        setPhase({ state: 'shown', code: answer.value.code, wanted: access });
      } else {
        const { why, gatewayWords } = answer.value;
        setPhase({ state: 'refused', why, gatewayWords });
      }
    },
    startOver: () => {
      setPhase({ state: 'asking', error: null });
    },
  };
}
