/** Every account with what happens to recipients no rule names, and the way to change that. */
import { useRef, useState } from 'react';
import type { Unlisted } from '../../electron/contract/guard/policy.ts';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { Button } from '../ui/button.tsx';
import { accountKey, accountName } from './account-name.ts';
import type { AccountState } from './account-state.ts';
import { ChangeError } from './change-error.tsx';
import { GuardingDialog } from './guarding-dialog.tsx';
import styles from './rules.module.css';

/** What an account does, in one sentence. */
const guardingSentences: Readonly<Record<Unlisted | 'off', string>> = {
  off: 'Not guarded: everything leaves.',
  ask: 'Asks you about unlisted recipients.',
  deny: 'Stops unlisted recipients.',
  allow: 'Lets unlisted recipients through.',
};

export interface AccountListProps {
  readonly accounts: readonly AccountState[];
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function AccountList({ accounts, busy, onChange }: AccountListProps) {
  const [open, setOpen] = useState<AccountState | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const [error, setError] = useState<AppError | null>(null);

  async function choose({ channel, account }: AccountState, unlisted: Unlisted | null): Promise<void> {
    setOpen(null);
    const said = `${accountName({ channel, account })}: ${guardingSentences[unlisted ?? 'off']}`;
    const answer = await onChange({ type: 'unlisted', channel, account, unlisted }, said);
    setError(answer.ok ? null : answer.error);
  }

  return (
    <>
      <ul className={styles['rows']}>
        {accounts.map((account) => (
          <li key={accountKey(account)} className={styles['row']}>
            <div className={styles['words']}>
              <p className={styles['name']}>{accountName(account)}</p>
              <p>{guardingSentences[account.unlisted ?? 'off']}</p>
              <p className={styles['quiet']}>{countWords(account)}</p>
            </div>
            <Button
              unavailable={busy}
              aria-label={`Change what ${accountName(account)} does`}
              onClick={(event) => {
                opener.current = event.currentTarget;
                setOpen(account);
              }}
            >
              Change…
            </Button>
          </li>
        ))}
      </ul>
      {open !== null && (
        <GuardingDialog
          account={open}
          onCancel={() => setOpen(null)}
          onClosed={() => opener.current?.focus()}
          onChoose={(unlisted) => void choose(open, unlisted)}
        />
      )}
      <ChangeError error={error} />
    </>
  );
}

function countWords({ allowed, denied }: AccountState): string {
  return allowed + denied === 0 ? 'No rules yet.' : `${String(allowed)} allowed, ${String(denied)} denied.`;
}
