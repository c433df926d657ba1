/** The window's buttons. A button that cannot be used now stays focusable and says so, so focus never vanishes. */
import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'aria-disabled' | 'disabled' | 'type'> {
  readonly look?: 'plain' | 'primary' | 'quiet';
  readonly unavailable?: boolean;
  /** Pressed while unavailable. */
  readonly onUnavailable?: (() => void) | undefined;
  readonly submit?: boolean;
  readonly children: ReactNode;
}

export function Button(props: ButtonProps) {
  const {
    look = 'plain',
    unavailable = false,
    submit = false,
    className = '',
    onClick,
    onUnavailable,
    ...rest
  } = props;
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={`${styles['button'] ?? ''} ${styles[look] ?? ''} ${className}`}
      aria-disabled={unavailable || undefined}
      onClick={(event) => {
        if (!unavailable) {
          onClick?.(event);
          return;
        }
        event.preventDefault();
        onUnavailable?.();
      }}
      onKeyDown={(event) => {
        // A key held down must not press whatever comes under focus next.
        if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
      }}
    />
  );
}
