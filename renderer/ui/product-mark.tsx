import styles from './product-mark.module.css';

/** The lowered gate. `open` draws it raised, for a quiet gateway. */
export function ProductMark({ size, open = false }: { readonly size: number; readonly open?: boolean }) {
  return (
    <svg
      className={styles['mark']}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      <path d="M4 21V11a8 8 0 0 1 16 0v10" />
      {open ? (
        <path d="M9 4v6M15 4v6M12 3v7M5.5 8h13" strokeWidth="1.25" />
      ) : (
        <path d="M9 4v15M15 4v15M12 3v16M4.5 10h15M4.5 15h15" strokeWidth="1.25" />
      )}
    </svg>
  );
}
