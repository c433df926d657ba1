/** A choice between a few things, each explained in a sentence. */
import { useId } from 'react';
import styles from './option-list.module.css';

export interface OptionListProps<Value extends string> {
  readonly label: string;
  /** Null: none yet. */
  readonly value: Value | null;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly meaning: string }[];
  readonly onChange: (value: Value) => void;
}

export function OptionList<Value extends string>({
  label,
  value,
  options,
  onChange,
}: OptionListProps<Value>) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles['options']}>
      {options.map((option) => (
        <label key={option.value} className={styles['option']}>
          <input
            type="radio"
            name={group}
            checked={value === option.value}
            aria-labelledby={`${group}-${option.value}-label`}
            aria-describedby={`${group}-${option.value}`}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span id={`${group}-${option.value}-label`} className={styles['name']}>
              {option.label}
            </span>
            <span id={`${group}-${option.value}`} className={styles['meaning']}>
              {option.meaning}
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
