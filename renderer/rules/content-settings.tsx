/** What is asked about though the recipient is allowed: keys and the like in a message. */
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { secretKinds } from '../../electron/contract/guard/content/secret-kinds.ts';
import type {
  ContentRules,
  SecretKind,
  SecretMode,
} from '../../electron/contract/guard/content/secret-kinds.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import { secretKindTexts } from '../../electron/contract/guard/send-texts.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { channelName } from './account-name.ts';
import type { AccountState } from './account-state.ts';
import { AddOwnAddress } from './add-own-address.tsx';
import { ChangeError } from './change-error.tsx';
import styles from './rules.module.css';

const kindLabels: Readonly<Record<SecretKind, string>> = {
  'private-key': 'Private keys',
  token: 'Access keys of services',
  'card-number': 'Payment card numbers',
  'seed-phrase': 'Seed phrases of wallets',
};

const modes: readonly { readonly value: SecretMode; readonly label: string }[] = [
  { value: 'ask', label: 'Ask me' },
  { value: 'stop', label: 'Stop it; I can still send it' },
  { value: 'off', label: 'Do not look for them' },
];

export interface ContentSettingsProps {
  readonly accounts: readonly [AccountState, ...AccountState[]];
  readonly policy: Policy;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function ContentSettings({ accounts, policy, busy, onChange }: ContentSettingsProps) {
  const { content } = policy;
  const [error, setError] = useState<AppError | null>(null);

  async function save(part: Partial<ContentRules>, said: string): Promise<boolean> {
    const answer = await onChange({ type: 'content', content: { ...content, ...part } }, said);
    setError(answer.ok ? null : answer.error);
    return answer.ok;
  }

  return (
    <div className={styles['form']}>
      <p className={styles['quiet']}>
        Even to recipients you allow, on every account that is guarded. Texts and names of files are looked
        at, not what is in the files.
      </p>
      {secretKinds.map((kind) => (
        <SelectField
          key={kind}
          label={kindLabels[kind]}
          value={content.kinds[kind]}
          options={modes}
          disabled={busy}
          onChange={(mode) => {
            const label = modes.find(({ value }) => value === mode)?.label ?? mode;
            void save({ kinds: { ...content.kinds, [kind]: mode } }, `${kindLabels[kind]}: ${label}.`);
          }}
        />
      ))}
      <Exemptions content={content} busy={busy} onSave={save} />
      <AddOwnAddress
        accounts={accounts}
        policy={policy}
        busy={busy}
        onAdd={(own) => save({ own: [...content.own, own] }, `${own.to} is yours.`)}
      />
      <ChangeError error={error} />
    </div>
  );
}

interface ExemptionsProps {
  readonly content: ContentRules;
  readonly busy: boolean;
  readonly onSave: (part: Partial<ContentRules>, said: string) => Promise<boolean>;
}

/** Whom nothing, or not this, is asked about. */
function Exemptions({ content, busy, onSave }: ExemptionsProps) {
  const { own, exempt } = content;
  if (own.length + exempt.length === 0) return null;
  return (
    <ul aria-label="Not asked about" className={styles['rows']}>
      {own.map((entry) => (
        <ExemptionRow
          key={`${entry.channel} ${entry.to}`}
          {...entry}
          words="Yours: anything may go there."
          busy={busy}
          onRemove={() => void onSave({ own: own.filter((each) => each !== entry) }, `Removed ${entry.to}.`)}
        />
      ))}
      {exempt.map((entry) => (
        <ExemptionRow
          key={`${entry.channel} ${entry.to} ${entry.kind}`}
          {...entry}
          words={`May get ${secretKindTexts[entry.kind]}.`}
          busy={busy}
          onRemove={() =>
            void onSave({ exempt: exempt.filter((each) => each !== entry) }, `Removed ${entry.to}.`)
          }
        />
      ))}
    </ul>
  );
}

interface ExemptionRowProps {
  readonly channel: string;
  readonly to: string;
  readonly words: string;
  readonly busy: boolean;
  readonly onRemove: () => void;
}

function ExemptionRow({ channel, to, words, busy, onRemove }: ExemptionRowProps) {
  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <p className={styles['address']}>
          <bdi>{to}</bdi>
        </p>
        <p className={styles['quiet']}>
          {channelName(channel)}. {words}
        </p>
      </div>
      <Button
        look="quiet"
        aria-label={`Ask about ${to} again: ${words}`}
        title="Remove"
        unavailable={busy}
        onClick={onRemove}
      >
        <Trash2 size={16} aria-hidden />
      </Button>
    </li>
  );
}
