/** Adds an address of the owner's own, as it was understood and shown. */
import { useId, useState } from 'react';
import type { OwnAddress } from '../../electron/contract/guard/content/secret-kinds.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { channelName } from './account-name.ts';
import type { AccountState } from './account-state.ts';
import { AddressPreview, canBeAdded } from './address-preview.tsx';
import styles from './rules.module.css';
import { useUnderstood } from './use-understood.ts';

const longestAddress = 400;

export interface AddOwnAddressProps {
  readonly accounts: readonly [AccountState, ...AccountState[]];
  readonly policy: Policy;
  readonly busy: boolean;
  /** @returns whether it was taken */
  readonly onAdd: (own: OwnAddress) => Promise<boolean>;
}

export function AddOwnAddress({ accounts, policy, busy, onAdd }: AddOwnAddressProps) {
  const preview = useId();
  const channels = [...new Set(accounts.map(({ channel }) => channel))];
  const [chosen, setChosen] = useState(accounts[0].channel);
  const [to, setTo] = useState('');
  const account = accounts.find(({ channel }) => channel === chosen) ?? accounts[0];
  const understanding = useUnderstood(account, to, policy.region);
  const address = understanding.state === 'answered' ? understanding.address : null;
  const key = address?.understood === true && canBeAdded(address, 'allow') ? address.key : null;
  const { channel } = account;
  const isThere = policy.content.own.some((own) => own.channel === channel && own.to === key);
  const cannotAdd = key === null || isThere || busy;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!cannotAdd) void onAdd({ channel, to: key }).then((taken) => taken && setTo(''));
      }}
    >
      {channels.length > 1 && (
        <SelectField
          label="Channel of your address"
          value={channel}
          options={channels.map((each) => ({ value: each, label: channelName(each) }))}
          onChange={setChosen}
        />
      )}
      <TextField
        label="An address of your own"
        value={to}
        onValue={setTo}
        maxLength={longestAddress}
        aria-describedby={preview}
      />
      {to.trim() !== '' && (
        <AddressPreview id={preview} understanding={understanding} listed={null} adding="allow" />
      )}
      <Button submit unavailable={cannotAdd}>
        Anything may go there
      </Button>
    </form>
  );
}
