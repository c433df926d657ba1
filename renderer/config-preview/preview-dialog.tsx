/**
 * Shows exactly what a change would do, and does it when confirmed. A preview counts once and only while nothing it was
 * made from has changed: when it is refused, a new one is made and has to be looked at again.
 */
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { machineClock, useHasPassed } from '../session/use-time.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { holdMs } from '../ui/hold.ts';
import styles from './config-preview.module.css';

type Preview<Plan> =
  | { readonly state: 'making' }
  | {
      readonly state: 'ready';
      readonly plan: Plan;
      /** Epoch ms, machine clock: what is shown from here on can be read, before that it cannot be confirmed. */
      readonly readableAt: number;
    }
  | { readonly state: 'failed'; readonly error: AppError };

export interface PreviewDialogProps<Plan> {
  readonly title: string;
  readonly text: ReactNode;
  readonly confirmLabel: string;
  /** Asks for the preview. Another function asks anew, so keep its identity. */
  readonly makePlan: () => Promise<Result<Plan>>;
  readonly details: (plan: Plan) => ReactNode;
  /** False: the preview says what has to be done first. */
  readonly canApply?: (plan: Plan) => boolean;
  /** Words the owner has to tick before this can be confirmed; null: none. */
  readonly consent?: (plan: Plan) => string | null;
  /** @param consented the words of `consent` were ticked */
  readonly apply: (plan: Plan, consented: boolean) => Promise<Result<null>>;
  readonly onApplied?: () => void;
  readonly onClose: () => void;
  /** Puts the focus back to where the owner was; otherwise what opened the dialog gets it. */
  readonly onClosed?: () => void;
}

export function PreviewDialog<Plan>(props: PreviewDialogProps<Plan>) {
  const { title, text, confirmLabel, makePlan, details, apply, onApplied, onClose, onClosed } = props;
  const { canApply = () => true, consent = () => null } = props;
  const [preview, setPreview] = useState<Preview<Plan>>({ state: 'making' });
  /** Why the last preview was not applied; a new one has been made since. */
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const [previews, setPreviews] = useState(0);
  const [applying, setApplying] = useState(false);
  const [consented, setConsented] = useState(false);
  const readable = useHasPassed(preview.state === 'ready' ? preview.readableAt : 0, machineClock);

  useEffect(() => {
    let wanted = true;
    void makePlan().then((answer) => {
      if (!wanted) return;
      setPreview(
        answer.ok
          ? { state: 'ready', plan: answer.value, readableAt: Date.now() + holdMs }
          : { state: 'failed', error: answer.error },
      );
    });
    return () => {
      wanted = false;
    };
  }, [makePlan, previews]);

  async function confirm(plan: Plan): Promise<void> {
    setApplying(true);
    const answer = await apply(plan, consented);
    setApplying(false);
    if (answer.ok) {
      onApplied?.();
      onClose();
      return;
    }
    setRefusal(answer.error);
    setConsented(false);
    setPreview({ state: 'making' });
    setPreviews(previews + 1);
  }

  const words = preview.state === 'ready' && canApply(preview.plan) ? consent(preview.plan) : null;
  return (
    <ConfirmDialog
      wide
      title={title}
      text={text}
      details={
        <>
          {refusal !== null && (
            <Callout tone="warn" title="Nothing was changed" live="alert">
              <p>{refusal.message}</p>
              {preview.state === 'ready' && <p>Below is what would change now.</p>}
            </Callout>
          )}
          {preview.state === 'making' && <p role="status">Looking at the gateway’s config…</p>}
          {preview.state === 'failed' && <ErrorLine error={preview.error} />}
          {preview.state === 'ready' && details(preview.plan)}
          {words !== null && (
            <label className={styles['consent']}>
              <input
                type="checkbox"
                checked={consented}
                onChange={(event) => setConsented(event.target.checked)}
              />
              <span>{words}</span>
            </label>
          )}
        </>
      }
      confirmLabel={confirmLabel}
      unavailable={
        preview.state !== 'ready' ||
        !readable ||
        applying ||
        !canApply(preview.plan) ||
        (words !== null && !consented)
      }
      onCancel={onClose}
      {...(onClosed === undefined ? {} : { onClosed })}
      onConfirm={() => {
        if (preview.state === 'ready') void confirm(preview.plan);
      }}
    />
  );
}
