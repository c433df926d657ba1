/** One rule: whom it names, until when it holds, its note; edited in place. */
import { Pencil, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { accountName, channelName } from './account-name.ts';
import { ChangeError } from './change-error.tsx';
import { ExpiryField } from './expiry-field.tsx';
import type { Expiry } from './expiry.ts';
import { always, expiryMoment, expiryWords, lastDay } from './expiry.ts';
import type { ListedRule } from './listed-rules.ts';
import { editOf, longestNote, removalOf } from './listed-rules.ts';
import styles from './rules.module.css';

export interface RuleRowProps {
  readonly rule: ListedRule;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function RuleRow({ rule, busy, onChange }: RuleRowProps) {
  const [editing, setEditing] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const where =
    rule.account === null ? channelName(rule.channel) : accountName({ ...rule, account: rule.account });

  async function change(edit: RuleChange, said: string): Promise<void> {
    const answer = await onChange(edit, said);
    setError(answer.ok ? null : answer.error);
    if (answer.ok) stopEditing();
  }
  function stopEditing(): void {
    setEditing(false);
    editButton.current?.focus();
  }

  return (
    <li className={styles['row']}>
      <div className={styles['words']}>
        <bdi className={styles['address']}>{rule.to}</bdi>
        <p className={styles['quiet']}>
          {where}
          {rule.until !== null && (
            <>
              {' · '}
              <Ending until={rule.until} />
            </>
          )}
        </p>
        {rule.note !== '' && (
          <p className={styles['note']}>
            <bdi>{rule.note}</bdi>
          </p>
        )}
      </div>
      <div className={styles['rowButtons']}>
        <Button
          ref={editButton}
          look="quiet"
          aria-label={`Edit ${rule.to}`}
          title="Edit"
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        >
          <Pencil size={16} aria-hidden />
        </Button>
        <Button
          look="quiet"
          aria-label={`Remove ${rule.to}`}
          title="Remove"
          unavailable={busy}
          onClick={() => void change(removalOf(rule), `Removed ${rule.to}.`)}
        >
          <Trash2 size={16} aria-hidden />
        </Button>
      </div>
      {editing && (
        <EditForm
          rule={rule}
          busy={busy}
          onSave={(note, until) => void change(editOf(rule, note, until), `Changed ${rule.to}.`)}
          onCancel={stopEditing}
        />
      )}
      {error !== null && (
        <div className={styles['wide']}>
          <ChangeError error={error} />
        </div>
      )}
    </li>
  );
}

/** Ticks by itself, so that hundreds of rows do not. */
function Ending({ until }: { readonly until: number }) {
  const { store } = useSession();
  return expiryWords(until, useSeconds(store.now));
}

interface EditFormProps {
  readonly rule: ListedRule;
  readonly busy: boolean;
  readonly onSave: (note: string, until: number | null) => void;
  readonly onCancel: () => void;
}

function EditForm({ rule, busy, onSave, onCancel }: EditFormProps) {
  const { store } = useSession();
  const now = store.now();
  const [note, setNote] = useState(rule.note);
  /** Null: the end stays as it is. */
  const [expiry, setExpiry] = useState<Expiry | null>(null);
  const [tried, setTried] = useState(false);
  const until = expiry === null ? rule.until : expiryMoment(expiry, now);
  const problem = until !== null && typeof until === 'object' ? until.problem : null;
  return (
    <form
      className={`${styles['form'] ?? ''} ${styles['wide'] ?? ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!busy && (until === null || typeof until === 'number')) onSave(note.trim(), until);
      }}
    >
      {rule.list === 'allowed' &&
        (expiry === null && rule.until !== null ? (
          <div className={styles['inline']}>
            <p>
              Allowed <Ending until={rule.until} />.
            </p>
            <Button onClick={() => setExpiry({ choice: 'date', date: lastDay(rule.until ?? now) })}>
              Change the end
            </Button>
          </div>
        ) : (
          <ExpiryField
            value={expiry ?? always}
            now={now}
            problem={tried ? problem : null}
            onChange={setExpiry}
          />
        ))}
      <TextField label="Note" value={note} onValue={setNote} maxLength={longestNote} />
      <div className={styles['inline']}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button submit unavailable={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}
