/** Chooses what happens to recipients no rule names. Nothing changes in passing: only the last button saves. */
import { useState } from 'react';
import type { Unlisted } from '../../electron/contract/guard/policy.ts';
import { Callout } from '../ui/callout.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { OptionList } from '../ui/option-list.tsx';
import { accountName } from './account-name.ts';
import type { AccountState } from './account-state.ts';

type Guarding = Unlisted | 'off';

const options: readonly { readonly value: Guarding; readonly label: string; readonly meaning: string }[] = [
  {
    value: 'ask',
    label: 'Ask me about unlisted recipients',
    meaning: 'The message waits; you send or refuse it.',
  },
  {
    value: 'deny',
    label: 'Stop unlisted recipients',
    meaning: 'Refused at once. You can still send it later.',
  },
  {
    value: 'allow',
    label: 'Let unlisted recipients through',
    meaning: 'Only denied and blocked recipients are stopped.',
  },
  {
    value: 'off',
    label: 'Not guarded',
    meaning: 'Everything leaves, and the rules of this account are removed.',
  },
];

export interface GuardingDialogProps {
  readonly account: AccountState;
  readonly onChoose: (unlisted: Unlisted | null) => void;
  readonly onCancel: () => void;
  /** Puts the focus back to where the owner was. */
  readonly onClosed: () => void;
}

export function GuardingDialog({ account, onChoose, onCancel, onClosed }: GuardingDialogProps) {
  const before: Guarding = account.unlisted ?? 'off';
  const [chosen, setChosen] = useState(before);
  const [confirmingOff, setConfirmingOff] = useState(false);
  if (confirmingOff) {
    return (
      <SwitchOffDialog
        account={account}
        onConfirm={() => onChoose(null)}
        onCancel={onCancel}
        onClosed={onClosed}
      />
    );
  }
  return (
    <ConfirmDialog
      harmless
      title={accountName(account)}
      text={<p>What happens to a message for someone no rule names?</p>}
      details={
        <OptionList label="Unlisted recipients" value={chosen} options={options} onChange={setChosen} />
      }
      confirmLabel={chosen === 'off' && before !== 'off' ? 'Continue…' : 'Save'}
      unavailable={chosen === before}
      onCancel={onCancel}
      onClosed={onClosed}
      onConfirm={() => {
        if (chosen === 'off') setConfirmingOff(true);
        else onChoose(chosen);
      }}
    />
  );
}

interface SwitchOffProps {
  readonly account: AccountState;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
  readonly onClosed: () => void;
}

/** Mounted anew, so that its button is held again and Cancel has the focus. */
function SwitchOffDialog({ account, ...answers }: SwitchOffProps) {
  const rules = account.allowed + account.denied;
  return (
    <ConfirmDialog
      {...answers}
      title={`Stop guarding ${accountName(account)}?`}
      text={<p>Your assistant, and anything else on the gateway, can then write to anyone there.</p>}
      details={
        rules > 0 && (
          <Callout tone="warn">
            {rules === 1 ? 'Its 1 rule is removed.' : `Its ${String(rules)} rules are removed.`} You can undo
            this for a minute.
          </Callout>
        )
      }
      confirmLabel="Stop guarding"
    />
  );
}
