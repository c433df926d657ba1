/** The code itself: picture, text, how long it is good for. Nothing of it is drawn while nobody looks at the window. */
import { useRef, useState } from 'react';
import type { SetupCode } from '../../electron/contract/setup-code.ts';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { remaining } from '../ui/format-time.ts';
import { StrangerText } from '../ui/stranger-text.tsx';
import { QrPicture } from './qr-picture.tsx';
import { pairTexts } from './setup-code-texts.ts';
import styles from './setup-code.module.css';
import { useWindowInFront } from './use-window-in-front.ts';

export function ShownCode({ code }: { readonly code: SetupCode }) {
  const { store } = useSession();
  const left = remaining(code.expiresAt - useSeconds(store.now));
  const inFront = useWindowInFront();
  return (
    <>
      {inFront ? (
        <QrPicture content={code.setupCode} />
      ) : (
        <p className={styles['cover']}>{pairTexts.hidden}</p>
      )}
      <p>
        Good for <strong className={styles['left']}>{left}</strong>. The phone will connect to{' '}
        <StrangerText value={code.address} />.
      </p>
      <CodeText value={inFront ? code.setupCode : ''} />
      <p className={styles['muted']}>{pairTexts.stays}</p>
    </>
  );
}

function CodeText({ value }: { readonly value: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'not-copied' | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome('copied');
    } catch {
      field.current?.select();
      setOutcome('not-copied');
    }
  };
  return (
    <>
      <div className={styles['line']}>
        <input
          ref={field}
          className={styles['code']}
          aria-label={pairTexts.codeLabel}
          readOnly
          autoComplete="off"
          value={value}
          onFocus={(event) => event.target.select()}
        />
        <Button unavailable={value === ''} onClick={() => void copy()}>
          {pairTexts.copy}
        </Button>
      </div>
      <p role="status" className={styles['muted']}>
        {outcome === 'copied' && pairTexts.copied}
        {outcome === 'not-copied' && pairTexts.notCopied}
      </p>
    </>
  );
}
