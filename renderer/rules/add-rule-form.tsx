/** Adds one rule. What is added is the address as it was understood and shown, never the text as typed. */
import { useId, useMemo, useRef, useState } from 'react';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { AccountState } from './account-state.ts';
import { accountKey, accountName } from './account-name.ts';
import { AddressPreview, canBeAdded, isPointless } from './address-preview.tsx';
import { ChangeError } from './change-error.tsx';
import { ExpiryField } from './expiry-field.tsx';
import { always, expiryMoment } from './expiry.ts';
import { longestNote, ruleLookup } from './listed-rules.ts';
import styles from './rules.module.css';
import { useUnderstood } from './use-understood.ts';

const longestAddress = 400;

const kinds = [
  { value: 'allow', label: 'Allow' },
  { value: 'deny', label: 'Deny' },
] as const;

export interface AddRuleFormProps {
  readonly accounts: readonly [AccountState, ...AccountState[]];
  readonly policy: Policy;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function AddRuleForm({ accounts, policy, busy, onChange }: AddRuleFormProps) {
  const { store } = useSession();
  const preview = useId();
  const addressField = useRef<HTMLInputElement>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [kind, setKind] = useState<'allow' | 'deny'>('allow');
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const [expiry, setExpiry] = useState(always);
  /** A missing day is pointed out once the owner tried to add, not while choosing. */
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const account = accounts.find((candidate) => accountKey(candidate) === chosenKey) ?? accounts[0];
  const understanding = useUnderstood(account, to, policy.region);
  const address = understanding.state === 'answered' ? understanding.address : null;
  const key = address?.understood === true && canBeAdded(address, kind) ? address.key : null;
  const lookup = useMemo(() => ruleLookup(policy, account), [policy, account]);
  const listed = key === null ? null : lookup(key);
  const until = kind === 'deny' ? null : expiryMoment(expiry, store.now());
  const dayProblem = until !== null && typeof until === 'object' ? until.problem : null;
  const cannotAdd = key === null || isPointless(listed, kind) || busy;

  async function add(): Promise<void> {
    setTried(true);
    if (cannotAdd || (until !== null && typeof until === 'object')) return;
    const where = { channel: account.channel, account: account.account };
    const answer = await onChange(
      kind === 'allow'
        ? { type: 'allow', ...where, rules: [{ to: key, until, note: note.trim() }] }
        : { type: 'deny', ...where, rules: [{ to: key, note: note.trim() }] },
      `${kind === 'allow' ? 'Allowed' : 'Denied'} ${key}.`,
    );
    setError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setTried(false);
    setTo('');
    setNote('');
    addressField.current?.focus();
  }

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {accounts.length > 1 && (
        <SelectField
          label="On"
          value={accountKey(account)}
          options={accounts.map((each) => ({ value: accountKey(each), label: accountName(each) }))}
          onChange={setChosenKey}
        />
      )}
      <Choice label="Kind of rule" value={kind} options={kinds} onChange={setKind} />
      <TextField
        ref={addressField}
        label="Recipient"
        value={to}
        onValue={setTo}
        maxLength={longestAddress}
        aria-describedby={preview}
      />
      <AddressPreview id={preview} understanding={understanding} listed={listed} adding={kind} />
      {kind === 'allow' && (
        <ExpiryField
          value={expiry}
          now={store.now()}
          problem={tried ? dayProblem : null}
          onChange={setExpiry}
        />
      )}
      <TextField label="Note, if you like" value={note} onValue={setNote} maxLength={longestNote} />
      <Button submit unavailable={cannotAdd}>
        {kind === 'allow' ? 'Allow this recipient' : 'Deny this recipient'}
      </Button>
      {kind === 'allow' && (account.unlisted === null || account.unlisted === 'allow') && (
        <p className={styles['quiet']}>
          {accountName(account)} lets everyone through now, so this rule counts only once it asks or stops.
        </p>
      )}
      <ChangeError error={error} />
    </form>
  );
}
