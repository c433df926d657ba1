/** Sends the owner's answer to one request and keeps what came back. The snapshot, not this, says what happened. */
import { useState } from 'react';
import type { Decision, RequestView } from '../../electron/contract/request.ts';
import type { AppError } from '../../electron/contract/result.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';

export type Answering =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly error: AppError };

export interface DecisionOptions {
  readonly elevate: boolean;
  readonly notifyContact: boolean;
}

export interface DecisionControl {
  readonly answering: Answering;
  /** `revision` is the one the owner looked at, which may be older than the view's by now. */
  approve(revision: number, options: DecisionOptions): void;
  deny(revision: number): void;
}

export function useDecision(view: RequestView): DecisionControl {
  const { bridge } = useSession().link;
  const [answering, setAnswering] = useState<Answering>({ state: 'idle' });

  async function send(decision: Decision, revision: number, options: DecisionOptions): Promise<void> {
    setAnswering({ state: 'sending' });
    const answer =
      decision === 'approve'
        ? await runCommand(bridge, 'request.approve', { key: view.key, revision, ...options })
        : await runCommand(bridge, 'request.deny', { key: view.key, revision });
    setAnswering(answer.ok ? { state: 'idle' } : { state: 'failed', error: answer.error });
  }

  return {
    answering,
    approve: (revision, options) => void send('approve', revision, options),
    deny: (revision) => void send('deny', revision, { elevate: false, notifyContact: false }),
  };
}
