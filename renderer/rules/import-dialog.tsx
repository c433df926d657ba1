/** Offers the people who may write to the assistant already, to be allowed as recipients in one go. */
import { useMemo, useState } from 'react';
import type { ContactView } from '../../electron/contract/guard/guard-view.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { RuleAccount } from '../../electron/contract/guard/rule-change.ts';
import type { AppError } from '../../electron/contract/result.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { accountName } from './account-name.ts';
import { ChangeError } from './change-error.tsx';
import { ruleLookup } from './listed-rules.ts';
import type { RuleList } from './listed-rules.ts';
import styles from './rules.module.css';

const portion = 200;

const sources: Readonly<Record<ContactView['source'], string>> = {
  pairing: 'approved by pairing',
  config: 'in the gateway’s allowlist',
};
const listedWords: Readonly<Record<RuleList, string>> = {
  allowed: 'allowed already',
  denied: 'denied',
  blocked: 'blocked',
};

export interface ImportDialogProps {
  readonly account: RuleAccount;
  readonly contacts: readonly ContactView[];
  readonly policy: Policy;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly onImport: (keys: readonly string[]) => void;
  readonly onCancel: () => void;
}

export function ImportDialog(props: ImportDialogProps) {
  const { account, contacts, policy, busy, error, onImport, onCancel } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // The rules may change while the dialog is open.
  const lookup = useMemo(() => ruleLookup(policy, account), [policy, account]);
  const offered = contacts.map((contact) => ({ contact, listed: lookup(contact.key) }));
  const picked = freeKeys(offered).filter((key) => chosen.has(key));
  return (
    <ConfirmDialog
      harmless
      title={`Import contacts of ${accountName(account)}`}
      text={<p>These people may write to your assistant. Choose whom it may write to.</p>}
      details={
        <>
          <Checklist offered={offered} chosen={chosen} onChoose={setChosen} />
          <ChangeError error={error} />
        </>
      }
      confirmLabel={picked.length === 1 ? 'Allow 1 person' : `Allow ${String(picked.length)} people`}
      unavailable={picked.length === 0 || busy}
      onCancel={onCancel}
      onConfirm={() => onImport(picked)}
    />
  );
}

interface OfferedContact {
  readonly contact: ContactView;
  /** Where the rules name them already. */
  readonly listed: RuleList | null;
}

function freeKeys(offered: readonly OfferedContact[]): readonly string[] {
  return offered.filter(({ listed }) => listed === null).map(({ contact }) => contact.key);
}

interface ChecklistProps {
  readonly offered: readonly OfferedContact[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function Checklist({ offered, chosen, onChoose }: ChecklistProps) {
  const [limit, setLimit] = useState(portion);
  const free = freeKeys(offered);
  const everyone = free.every((key) => chosen.has(key));
  if (offered.length === 0) return <p>Nobody is approved on this account yet.</p>;
  return (
    <div className={styles['contacts']}>
      {free.length > 0 && (
        <label className={styles['contact']}>
          <input
            type="checkbox"
            checked={everyone}
            ref={(box) => {
              if (box !== null) box.indeterminate = !everyone && free.some((key) => chosen.has(key));
            }}
            onChange={() => onChoose(new Set(everyone ? [] : free))}
          />
          <span className={styles['name']}>Select all ({String(free.length)})</span>
        </label>
      )}
      <ul className={styles['checklist']} aria-label="Contacts" tabIndex={0}>
        {offered.slice(0, limit).map(({ contact, listed }) => (
          <li key={contact.key}>
            <label className={styles['contact']}>
              <input
                type="checkbox"
                checked={listed === 'allowed' || chosen.has(contact.key)}
                disabled={listed !== null}
                onChange={() => onChoose(toggled(chosen, contact.key))}
              />
              <span>
                <StrangerText value={contact.shown} />
                <span className={styles['meaning']}>
                  {listed === null ? sources[contact.source] : listedWords[listed]}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {offered.length > limit && (
        <Button onClick={() => setLimit(limit + portion)}>
          Show more ({String(offered.length - limit)} left)
        </Button>
      )}
    </div>
  );
}

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
