/** Shows exactly what installing, updating or removing a part of the guard would change, and does it when confirmed. */
import { useCallback } from 'react';
import type { GuardSetupInput } from '../../electron/contract/guard/guard-view.ts';
import { PreviewDialog } from '../config-preview/preview-dialog.tsx';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { confirmLabels, setupQuestion } from './guard-words.ts';
import styles from './guard.module.css';
import { PlanDetails } from './plan-details.tsx';

export interface SetupDialogProps {
  readonly input: GuardSetupInput;
  readonly onApplied?: () => void;
  readonly onClose: () => void;
}

export function SetupDialog({ input, onApplied, onClose }: SetupDialogProps) {
  const { bridge } = useSession().link;
  const makePlan = useCallback(() => runCommand(bridge, 'guard.planSetup', input), [bridge, input]);
  return (
    <PreviewDialog
      title={setupQuestion(input)}
      text={<Explanation input={input} />}
      confirmLabel={confirmLabels[input.part][input.action]}
      makePlan={makePlan}
      details={(plan) => <PlanDetails plan={plan} />}
      apply={({ id }) => runCommand(bridge, 'guard.applySetup', { id })}
      {...(onApplied === undefined ? {} : { onApplied })}
      onClose={onClose}
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
        It sees what the plugin cannot: programs in the agent’s shell, and the code the gateway sends to
        strangers by itself.
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
