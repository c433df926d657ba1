/** How long an allowance lasts, chosen from a list, or up to a day from the calendar. */
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { Expiry, ExpiryChoice } from './expiry.ts';
import { isoDate } from './expiry.ts';

const ends: readonly { readonly value: ExpiryChoice; readonly label: string }[] = [
  { value: 'hour', label: 'For 1 hour' },
  { value: 'tomorrow', label: 'Until tomorrow, 8:00' },
  { value: 'date', label: 'Until a date…' },
];

export interface ExpiryFieldProps {
  readonly value: Expiry;
  /** Epoch ms. */
  readonly now: number;
  readonly problem: string | null;
  /** What having no end is called. */
  readonly endless?: string;
  readonly onChange: (value: Expiry) => void;
}

export function ExpiryField({ value, now, problem, endless = 'Always', onChange }: ExpiryFieldProps) {
  return (
    <>
      <SelectField
        label="How long"
        value={value.choice}
        options={[{ value: 'always', label: endless }, ...ends]}
        onChange={(choice) => onChange({ ...value, choice })}
      />
      {value.choice === 'date' && (
        <TextField
          label="Last day"
          type="date"
          min={isoDate(now)}
          value={value.date}
          onValue={(date) => onChange({ ...value, date })}
          problem={problem}
        />
      )}
    </>
  );
}
