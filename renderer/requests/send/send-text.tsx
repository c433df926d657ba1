/** The text of a stopped message: hidden until asked for, whole on request, in a box that scrolls. */
import { useId, useLayoutEffect, useRef } from 'react';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-line.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { oddities } from '../../ui/stranger-text.tsx';
import { SecretText } from './secret-text.tsx';
import styles from './send-text.module.css';
import { TextToggle } from './text-toggle.tsx';
import { characters } from './send-words.ts';
import type { SendTextControl } from './use-send-text.ts';

export interface SendTextProps {
  readonly view: SendRequestView;
  readonly control: SendTextControl;
  /** The owner's setting. */
  readonly hidden: boolean;
}

export function SendText({ view, control, hidden }: SendTextProps) {
  const id = useId();
  const { shown, setRevealed } = control;
  if (view.textLength === 0) {
    return view.isText ? <p className={styles['note']}>This message has no text.</p> : null;
  }
  return (
    <div className={styles['block']}>
      <div className={styles['line']}>
        <p id={id} className={styles['note']}>
          Text, {characters(view.textLength)}
        </p>
        {hidden && (
          <TextToggle what="the text" shown={shown !== null} onToggle={() => setRevealed(shown === null)} />
        )}
      </div>
      {shown !== null && <ShownText view={view} control={control} labelledBy={id} />}
    </div>
  );
}

function ShownText({
  view,
  control,
  labelledBy,
}: Pick<SendTextProps, 'view' | 'control'> & { readonly labelledBy: string }) {
  const { shown, marks, isWhole, loading, error, showAll } = control;
  const box = useRef<HTMLDivElement>(null);
  /** The button that asks for the rest goes away with it; whoever was on it reads on in the text. */
  const asked = useRef(false);
  useLayoutEffect(() => {
    if (!isWhole || !asked.current) return;
    asked.current = false;
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [isWhole]);
  async function showRest(): Promise<void> {
    asked.current = true;
    const arrived = await showAll();
    if (!arrived) asked.current = false;
  }
  if (shown === null) return null;
  return (
    <>
      <div ref={box} className={styles['text']} role="region" aria-labelledby={labelledBy} tabIndex={0}>
        <SecretText value={shown} marks={marks} />
      </div>
      {oddities({ ...shown, truncated: false }).map((oddity) => (
        <p key={oddity} className={styles['odd']}>{`This text ${oddity}.`}</p>
      ))}
      {!isWhole && (
        <div className={styles['rest']}>
          <p className={styles['note']}>This is only the beginning.</p>
          <Button unavailable={loading} onClick={() => void showRest()}>
            {loading && <Spinner />}
            Show all {characters(view.textLength)}
          </Button>
        </div>
      )}
      {isWhole && !view.textComplete && (
        <p className={styles['odd']}>The message was longer; the rest of it was not kept.</p>
      )}
      <ErrorLine error={error} />
    </>
  );
}
