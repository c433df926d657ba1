/** The send rules as the page works on them: read, changed with the revision that was shown, taken back once. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PolicyStatusView, RulesView } from '../../electron/contract/guard/guard-view.ts';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import { fail } from '../../electron/contract/result.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { useReading } from '../session/use-reading.ts';

/** The way back from the last change; void once the rules are no longer what that change left. */
export interface Undo {
  readonly text: string;
  readonly change: RuleChange;
  readonly revision: number;
  /** Epoch ms, this machine's clock. */
  readonly offeredUntil: number;
}

export interface RulesControl {
  /** Null until they were read once. */
  readonly rules: RulesView | null;
  /** They could not be read; what is shown may be old. */
  readonly error: AppError | null;
  readonly busy: boolean;
  readonly undo: Undo | null;
  readonly readAgain: () => void;
  /** @param said what the owner reads beside Undo, e.g. "Removed +1…" */
  readonly change: (change: RuleChange, said: string) => Promise<Result<null>>;
  readonly takeBack: () => Promise<Result<null>>;
}

export const undoMs = 60_000;

export function useRules(policy: PolicyStatusView): RulesControl {
  const { bridge } = useSession().link;
  const { value: rules, error, read, leave, show } = useReading('guard.rules');
  const [busy, setBusy] = useState(false);
  const [undo, setUndo] = useState<Undo | null>(null);
  const [reads, setReads] = useState(0);
  /** What the shown rules are, in the terms of the snapshot. */
  const shown = useRef<string | null>(null);

  const readAgain = useCallback(() => {
    shown.current = null;
    setReads((count) => count + 1);
  }, []);

  const wanted = marking(policy.status, policy.status === 'ready' ? policy.revision : 0);
  // Before the next effect: rules that came with the snapshot that tells of them are not read again.
  useEffect(() => {
    if (rules !== null) shown.current = marking(rules.status, rules.policy.revision);
  }, [rules]);
  useEffect(() => {
    if (shown.current === wanted) return;
    void read(undefined);
  }, [read, wanted, reads]);

  const revision = rules?.policy.revision ?? 0;

  /** Sends one change; on a conflict the rules are read again, so that the owner decides on what is really there. */
  async function send(change: RuleChange, said: string | null): Promise<Result<null>> {
    setBusy(true);
    leave();
    const answer = await runCommand(bridge, 'guard.changeRules', { revision, change });
    setBusy(false);
    if (!answer.ok) {
      // Whatever was being read meanwhile was left behind by this change.
      readAgain();
      return fail(answer.error);
    }
    show(answer.value.rules);
    setUndo(said === null ? null : offer(said, answer.value.undo, answer.value.rules.policy.revision));
    return { ok: true, value: null };
  }

  const offered = undo !== null && rules?.policy.revision === undo.revision ? undo : null;
  return {
    rules,
    error,
    busy,
    undo: offered,
    readAgain,
    change: send,
    takeBack: () =>
      offered === null ? Promise.resolve({ ok: true, value: null }) : send(offered.change, null),
  };
}

function marking(status: PolicyStatusView['status'], revision: number): string {
  return status === 'ready' ? `ready ${String(revision)}` : status;
}

function offer(text: string, change: RuleChange, revision: number): Undo {
  return { text, change, revision, offeredUntil: Date.now() + undoMs };
}
