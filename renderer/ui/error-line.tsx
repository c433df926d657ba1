import type { AppError } from '../../electron/contract/result.ts';
import styles from './error-line.module.css';

/** What a failed command said, below the control that sent it. */
export function ErrorLine({ error }: { readonly error: AppError | null }) {
  return error === null ? null : (
    <p role="alert" className={styles['error']}>
      {error.message}
    </p>
  );
}
