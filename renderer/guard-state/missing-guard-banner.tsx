/** What was set up is not there any more: the one state in which messages leave unchecked although the owner thinks not. */
import { Suspense, useRef, useState } from 'react';
import type { GuardPart, GuardSetupInput } from '../../electron/contract/guard/guard-view.ts';
import type { SetupDialogProps } from '../guard/setup-dialog.tsx';
import { lazyDialog } from '../lazy-dialog.tsx';
import { useSections } from '../navigation.tsx';
import { strictAccountName } from '../rules/account-name.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';

const SetupDialog = lazyDialog<SetupDialogProps>(
  async () => (await import('../guard/setup-dialog.tsx')).SetupDialog,
  ({ onClose }) => onClose(),
);

export function MissingGuardBanner({ missing }: { readonly missing: readonly GuardPart[] }) {
  const { has, open } = useSections();
  const [opened, setOpened] = useState<GuardSetupInput | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  // One after the other: what is left is shown when the first is in place again.
  const first = missing.find(({ part }) => part === 'plugin') ?? missing[0];
  if (first === undefined) return null;
  return (
    <Callout
      tone="danger"
      live="status"
      title={first.part === 'plugin' ? 'This gateway runs without the guard' : 'Strict mode is gone'}
      actions={
        <Button ref={opener} onClick={() => setOpened({ ...first, action: 'install' })}>
          Set it up again…
        </Button>
      }
    >
      <p>{meaningOf(first)}</p>
      <p>Somebody took it out, or OpenClaw put an older config back.</p>
      {opened !== null && (
        <Suspense>
          <SetupDialog
            input={opened}
            onApplied={() => {
              if (has('guard')) open('guard');
            }}
            onClose={() => {
              setOpened(null);
              opener.current?.focus({ preventScroll: true });
            }}
          />
        </Suspense>
      )}
    </Callout>
  );
}

function meaningOf(part: GuardPart): string {
  if (part.part === 'plugin')
    return 'Portcullis set it up here, and it is not there any more: messages leave without being checked.';
  return `For ${strictAccountName(part.account)} it does not stand in front of imsg any more: messages the plugin cannot see leave without being checked.`;
}
