/** The way to the import: which account, then its contacts in a dialog. */
import { useState } from 'react';
import type { ContactView } from '../../electron/contract/guard/guard-view.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { RuleAccount, RuleChange } from '../../electron/contract/guard/rule-change.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { useCommand } from '../session/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { SelectField } from '../ui/select-field.tsx';
import type { AccountState } from './account-state.ts';
import { accountKey, accountName } from './account-name.ts';
import { ImportDialog } from './import-dialog.tsx';
import styles from './rules.module.css';

export interface ImportContactsProps {
  readonly accounts: readonly [AccountState, ...AccountState[]];
  readonly policy: Policy;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

interface Found {
  readonly account: RuleAccount;
  readonly contacts: readonly ContactView[];
}

export function ImportContacts({ accounts, policy, busy, onChange }: ImportContactsProps) {
  const reading = useCommand('guard.contacts');
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const account = accounts.find((candidate) => accountKey(candidate) === chosenKey) ?? accounts[0];

  async function look(): Promise<void> {
    const where = { channel: account.channel, account: account.account };
    const answer = await reading.send(where);
    setError(null);
    if (answer.ok) setFound({ account: where, contacts: answer.value });
  }

  async function bringIn(into: RuleAccount, keys: readonly string[]): Promise<void> {
    const rules = keys.map((to) => ({ to, until: null, note: '' }));
    const answer = await onChange(
      { type: 'allow', ...into, rules },
      keys.length === 1 ? 'Allowed 1 contact.' : `Allowed ${String(keys.length)} contacts.`,
    );
    setError(answer.ok ? null : answer.error);
    if (answer.ok) setFound(null);
  }

  return (
    <div className={styles['form']}>
      <p>Allow people your assistant knows already, in one go.</p>
      {accounts.length > 1 && (
        <SelectField
          label="Contacts of"
          value={accountKey(account)}
          options={accounts.map((each) => ({ value: accountKey(each), label: accountName(each) }))}
          onChange={setChosenKey}
        />
      )}
      <Button unavailable={reading.sending} onClick={() => void look()}>
        {reading.sending ? 'Reading contacts…' : 'Import contacts…'}
      </Button>
      <ErrorLine error={reading.error} />
      {found !== null && (
        <ImportDialog
          {...found}
          policy={policy}
          busy={busy}
          error={error}
          onImport={(keys) => void bringIn(found.account, keys)}
          onCancel={() => setFound(null)}
        />
      )}
    </div>
  );
}
