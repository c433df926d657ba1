/** The file of the rules is damaged: what holds meanwhile, and the way back to the last rules that could be read. */
import { useState } from 'react';
import type { PolicyStatusView } from '../../electron/contract/guard/guard-view.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';

export interface UnreadableRulesProps {
  readonly policy: PolicyStatusView;
  readonly busy: boolean;
  readonly onRestore: () => Promise<Result<null>>;
}

export function UnreadableRules({ policy, busy, onRestore }: UnreadableRulesProps) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const restorable = policy.status === 'unreadable' && policy.restorable;

  async function restore(): Promise<void> {
    setAsking(false);
    const answer = await onRestore();
    setError(answer.ok ? null : answer.error);
  }

  return (
    <Callout
      tone="danger"
      title="The rules cannot be read"
      live="alert"
      actions={
        restorable && (
          <Button unavailable={busy} onClick={() => setAsking(true)}>
            Restore the last good rules…
          </Button>
        )
      }
    >
      <p>
        Until they can be read again, nothing unlisted leaves: only recipients of the last good rules get
        messages.
      </p>
      {policy.status === 'unreadable' && <p>{policy.problem}</p>}
      {!restorable && (
        <p>There are no earlier rules to go back to. Mend the file by hand, or remove it to start anew.</p>
      )}
      <ErrorLine error={error} />
      {asking && (
        <ConfirmDialog
          title="Restore the last good rules?"
          text={<p>The damaged file is kept aside. Changes made in it by hand do not count.</p>}
          confirmLabel="Restore"
          onCancel={() => setAsking(false)}
          onConfirm={() => void restore()}
        />
      )}
    </Callout>
  );
}
