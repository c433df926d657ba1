/** Shows exactly what installing, updating or removing a part of the guard would change, and does it when confirmed. */
import { useEffect, useState } from 'react';
import type { GuardSetupInput, GuardSetupPlan } from '../../electron/contract/guard/guard-view.ts';
import type { AppError } from '../../electron/contract/result.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { PlanDetails } from './config-diff.tsx';
import { confirmLabels, setupQuestion } from './guard-words.ts';
import styles from './guard.module.css';

type Preview =
  | { readonly state: 'making' }
  | { readonly state: 'ready'; readonly plan: GuardSetupPlan }
  | { readonly state: 'failed'; readonly error: AppError };

export interface SetupDialogProps {
  readonly input: GuardSetupInput;
  readonly onClose: () => void;
}

export function SetupDialog({ input, onClose }: SetupDialogProps) {
  const { bridge } = useSession().link;
  const [preview, setPreview] = useState<Preview>({ state: 'making' });
  /** Why the last preview was not applied; a new one has been made since. */
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const [previews, setPreviews] = useState(0);
  const [applying, setApplying] = useState(false);

  useEffect(() => {
    let wanted = true;
    void runCommand(bridge, 'guard.planSetup', input).then((answer) => {
      if (!wanted) return;
      setPreview(
        answer.ok ? { state: 'ready', plan: answer.value } : { state: 'failed', error: answer.error },
      );
    });
    return () => {
      wanted = false;
    };
  }, [bridge, input, previews]);

  async function apply(plan: GuardSetupPlan): Promise<void> {
    setApplying(true);
    const answer = await runCommand(bridge, 'guard.applySetup', { id: plan.id });
    setApplying(false);
    if (answer.ok) {
      onClose();
      return;
    }
    // A preview counts once: what is confirmed next has to be looked at again.
    setRefusal(answer.error);
    setPreview({ state: 'making' });
    setPreviews(previews + 1);
  }

  return (
    <ConfirmDialog
      wide
      title={setupQuestion(input)}
      text={<Explanation input={input} />}
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
          {preview.state === 'ready' && <PlanDetails plan={preview.plan} />}
        </>
      }
      confirmLabel={confirmLabels[input.part][input.action]}
      unavailable={preview.state !== 'ready' || applying}
      onCancel={onClose}
      onConfirm={() => {
        if (preview.state === 'ready') void apply(preview.plan);
      }}
    />
  );
}

function Explanation({ input }: { readonly input: GuardSetupInput }) {
  if (input.part === 'strict' && input.action === 'install') return <StrictExplanation />;
  switch (input.action) {
    case 'install':
      return (
        <p>
          It goes into your gateway and checks every message there. Nothing is stopped until you set rules.
        </p>
      );
    case 'update':
      return <p>The files are replaced by the ones this app brings. Your rules stay.</p>;
    case 'remove':
      return (
        <p>
          The gateway’s config is put back exactly as it was. Your rules and stopped messages are kept, but{' '}
          {input.part === 'plugin' ? 'nothing inside the gateway' : 'nothing in front of imsg'} enforces them
          any more.
        </p>
      );
  }
}

function StrictExplanation() {
  return (
    <ul className={styles['points']}>
      <li>
        It sees what the plugin cannot: the openclaw command, programs in the agent’s shell, and the code the
        gateway sends to strangers by itself.
      </li>
      <li>
        It sits between OpenClaw and imsg. OpenClaw starts the guard, the guard starts imsg and passes
        everything on but what your rules stop. If your rules cannot be read, nothing unlisted leaves.
      </li>
      <li>Upgrading imsg stays your job; after an upgrade, press Test now.</li>
      <li>Switched off, OpenClaw’s setting is put back exactly as it was.</li>
    </ul>
  );
}
