/** "Saved", or why not, right at the setting that was changed. */
import type { AppError } from '../../electron/contract/result.ts';
import { ErrorLine } from '../ui/error-line.tsx';
import styles from './settings.module.css';

export interface SettingFeedbackProps {
  readonly saving: boolean;
  readonly saved: boolean;
  readonly error: AppError | null;
}

export function SettingFeedback({ saving, saved, error }: SettingFeedbackProps) {
  return (
    <>
      <p role="status" className={styles['feedback']}>
        {saving ? 'Saving…' : saved && 'Saved'}
      </p>
      <ErrorLine error={error} />
    </>
  );
}
