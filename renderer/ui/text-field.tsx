/** A labelled one-line field, with its mistake explained right below. */
import type { ComponentProps } from 'react';
import { useId } from 'react';
import styles from './text-field.module.css';

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly problem?: string | null;
}

export function TextField({ label, value, onValue, problem = null, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <input
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        {...rest}
        id={id}
        className={styles['input']}
        value={value}
        aria-invalid={problem !== null || undefined}
        aria-errormessage={problem === null ? undefined : `${id}-problem`}
        onChange={(event) => onValue(event.target.value)}
      />
      {problem !== null && (
        <p id={`${id}-problem`} role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
    </div>
  );
}
