/** Shows what a message says, or hides it again. */
import { Eye, EyeOff } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import styles from './send-text.module.css';

export interface TextToggleProps {
  /** E.g. "the text". */
  readonly what: string;
  readonly shown: boolean;
  readonly onToggle: () => void;
}

export function TextToggle({ what, shown, onToggle }: TextToggleProps) {
  const Icon = shown ? EyeOff : Eye;
  return (
    <Button look="quiet" className={styles['toggle'] ?? ''} aria-expanded={shown} onClick={onToggle}>
      <Icon size={16} aria-hidden />
      {shown ? 'Hide' : 'Show'} {what}
    </Button>
  );
}
