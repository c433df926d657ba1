/** The country that numbers without a country code belong to. */
import { useMemo, useState } from 'react';
import type { RuleChange } from '../../electron/contract/guard/rule-change.ts';
import type { AppError, Result } from '../../electron/contract/result.ts';
import { SelectField } from '../ui/select-field.tsx';
import { ChangeError } from './change-error.tsx';
import { regionsByName } from './regions.ts';
import styles from './rules.module.css';

const none = 'none';

export interface RegionSettingProps {
  readonly region: string | null;
  readonly busy: boolean;
  readonly onChange: (change: RuleChange, said: string) => Promise<Result<null>>;
}

export function RegionSetting({ region, busy, onChange }: RegionSettingProps) {
  const [error, setError] = useState<AppError | null>(null);
  const options = useMemo(
    () => [
      { value: none, label: 'No country: only numbers with +' },
      ...regionsByName().map(({ code, name }) => ({ value: code, label: name })),
    ],
    [],
  );
  return (
    <>
      <SelectField
        label="Country of numbers without a country code"
        value={region ?? none}
        options={options}
        disabled={busy}
        onChange={(chosen) => {
          const label = options.find(({ value }) => value === chosen)?.label ?? chosen;
          const next = chosen === none ? null : chosen;
          void onChange({ type: 'region', region: next }, `Country: ${label}.`).then((answer) =>
            setError(answer.ok ? null : answer.error),
          );
        }}
      />
      <p className={styles['quiet']}>
        So that 0664 1234567 is understood. Rules you already have stay as they are.
      </p>
      <ChangeError error={error} />
    </>
  );
}
