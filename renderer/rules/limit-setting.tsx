/** How many messages may leave within a minute before the owner is asked. */
import { useState } from 'react';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import { defaultSendLimit } from '../../electron/contract/guard/send-limit.ts';
import type { SendLimit } from '../../electron/contract/guard/send-limit.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { SelectField } from '../ui/select-field.tsx';
import { ChangeError } from './change-error.tsx';
import styles from './rules.module.css';

const offered = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;

export interface LimitSettingProps {
  readonly limit: SendLimit;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function LimitSetting({ limit, busy, onChange }: LimitSettingProps) {
  const [error, setError] = useState<AppError | null>(null);

  function choose(part: Partial<SendLimit>): void {
    const next = { ...limit, ...part };
    const said = `Limit of a minute: ${String(next.inAll)} in all, ${String(next.toOne)} to one recipient.`;
    void onChange({ type: 'limit', limit: next }, said).then((answer) =>
      setError(answer.ok ? null : answer.error),
    );
  }

  return (
    <>
      <SelectField
        label="Messages a minute, in all"
        value={String(limit.inAll)}
        options={optionsFor(limit.inAll, defaultSendLimit.inAll)}
        disabled={busy}
        onChange={(chosen) => choose({ inAll: Number(chosen) })}
      />
      <SelectField
        label="Messages a minute to one recipient"
        value={String(limit.toOne)}
        options={optionsFor(limit.toOne, defaultSendLimit.toOne)}
        disabled={busy}
        onChange={(chosen) => choose({ toOne: Number(chosen) })}
      />
      <p className={styles['quiet']}>
        Beyond that you are asked once for all of them, whoever they are for. Accounts without rules and your
        own addresses are not counted.
      </p>
      <ChangeError error={error} />
    </>
  );
}

/** What stands in the rules by hand is offered, too. */
function optionsFor(
  current: number,
  usual: number,
): readonly { readonly value: string; readonly label: string }[] {
  const counts = [...new Set([...offered, current])].toSorted((one, other) => one - other);
  return counts.map((count) => ({
    value: String(count),
    label: count === usual ? `${String(count)} (usual)` : String(count),
  }));
}
