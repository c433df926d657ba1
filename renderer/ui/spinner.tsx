import { LoaderCircle } from 'lucide-react';
import styles from './spinner.module.css';

/** Decoration only: the words beside it say what is being waited for. */
export function Spinner() {
  return <LoaderCircle className={styles['spinner']} size={16} aria-hidden />;
}
