/** The window's tick box. */
import { Check } from 'lucide-react';
import * as Radix from 'radix-ui/checkbox';
import type { ReactNode } from 'react';
import styles from './checkbox.module.css';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly 'aria-labelledby'?: string;
  readonly onChange: (checked: boolean) => void;
  /** Words for assistive tools only, where no label is around it. */
  readonly children?: ReactNode;
}

export function Checkbox({ onChange, children, ...state }: CheckboxProps) {
  return (
    <Radix.Root
      {...state}
      className={styles['checkbox']}
      onCheckedChange={(checked) => onChange(checked === true)}
    >
      {children}
      <Radix.Indicator className={styles['tick']}>
        <Check size={14} strokeWidth={3} aria-hidden />
      </Radix.Indicator>
    </Radix.Root>
  );
}
