/** One iMessage account: what its strangers get now, until when, what went wrong, and the buttons to change it. */
import { Suspense, useRef, useState } from 'react';
import type { ConfigWorkView } from '../../electron/contract/channels.ts';
import type { AppError } from '../../electron/contract/result.ts';
import type { SilenceAccountView } from '../../electron/contract/silence.ts';
import type { SilencePlanInput } from '../../electron/contract/schemas.ts';
import { WorkLine } from '../config-preview/work-line.tsx';
import { useSections } from '../navigation.tsx';
import { expiryWords } from '../rules/expiry.ts';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { lazyDialog } from '../lazy-dialog.tsx';
import type { SilenceDialogsProps, SilenceStep } from './silence-dialogs.tsx';
import { modeName, nowSentence, silenceName, wildcardText } from './silence-words.ts';
import styles from './silence.module.css';

const SilenceDialogs = lazyDialog<SilenceDialogsProps>(
  async () => (await import('./silence-dialogs.tsx')).SilenceDialogs,
  ({ onStep }) => onStep(null),
);

export interface SilenceAccountProps {
  readonly account: SilenceAccountView;
  /** Its name is told, because there is more than the usual one. */
  readonly named: boolean;
  /** Connected, and nothing else is being changed. */
  readonly changeable: boolean;
  readonly work: ConfigWorkView;
}

export function SilenceAccount({ account, named, changeable, work }: SilenceAccountProps) {
  const [step, setStep] = useState<SilenceStep | null>(null);
  /** What was last looked at in a preview: a conflict may show only after it was confirmed. */
  const [wanted, setWanted] = useState<SilencePlanInput | null>(null);
  const changeButton = useRef<HTMLButtonElement>(null);
  const name = silenceName(account);
  const unavailable = !changeable || account.working !== null;
  function go(next: SilenceStep | null): void {
    setStep(next);
    if (next?.kind === 'preview') setWanted(next.input);
  }
  return (
    <div role="group" aria-label={name} className={styles['account']}>
      <div className={styles['row']}>
        <div className={styles['words']}>
          {named && <p className={styles['quiet']}>{name}</p>}
          <p role="status">
            <span className={styles['name']}>{modeName(account.mode)}.</span> {nowSentence(account)}
          </p>
          {account.until !== null && <Ending account={account} until={account.until} />}
        </div>
        <div className={styles['buttons']}>
          {account.former !== null && (
            <Button
              unavailable={unavailable}
              aria-label={`Undo… (${name})`}
              onClick={() => go({ kind: 'undo' })}
            >
              Undo…
            </Button>
          )}
          <Button
            ref={changeButton}
            unavailable={unavailable}
            aria-label={`Change… (strangers on ${name})`}
            onClick={() => go({ kind: 'choose' })}
          >
            Change…
          </Button>
        </div>
      </div>
      {account.wildcard && <WildcardCaution />}
      {account.working !== null && <WorkLine progress={account.working} />}
      {account.working === null && account.error !== null && (
        <Failure
          account={account.account}
          error={account.error}
          work={work}
          onPreviewAgain={
            wanted === null || unavailable ? null : () => go({ kind: 'preview', input: wanted })
          }
        />
      )}
      {step !== null && (
        <Suspense fallback={null}>
          <SilenceDialogs
            account={account}
            step={step}
            onStep={go}
            onClosed={() => changeButton.current?.focus({ preventScroll: true })}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Ticks by itself, so that the page around does not. */
function Ending({ account, until }: { readonly account: SilenceAccountView; readonly until: number }) {
  const { store } = useSession();
  const now = useSeconds(store.now);
  const former = account.former === null ? 'the former setting' : `“${modeName(account.former)}”`;
  return (
    <p className={styles['quiet']}>
      {until > now
        ? `Holds ${expiryWords(until, now)}. Then ${former} comes back.`
        : `Its time is up: ${former} comes back as soon as the gateway’s config can be changed.`}
    </p>
  );
}

function WildcardCaution() {
  const { has, open } = useSections();
  return (
    <Callout
      tone="warn"
      actions={has('channels') ? <Button onClick={() => open('channels')}>Open channels</Button> : undefined}
    >
      <p>{wildcardText}</p>
    </Callout>
  );
}

interface FailureProps {
  readonly account: string;
  readonly error: AppError;
  readonly work: ConfigWorkView;
  /** Null: what was wanted is no longer known. */
  readonly onPreviewAgain: (() => void) | null;
}

/** Why the last change of this account was not made. */
function Failure({ account, error, work, onPreviewAgain }: FailureProps) {
  const standsPartly =
    work.state === 'failed' &&
    work.written &&
    (work.reason.kind === 'silence' || work.reason.kind === 'silence-end') &&
    work.reason.account === account;
  return (
    <>
      <ErrorLine error={error} />
      {standsPartly && (
        <p>
          Some of it stands in the gateway’s config. Take it back on the Channels page, under its changes.
        </p>
      )}
      {error.code === 'config-changed' && onPreviewAgain !== null && (
        <Button className={styles['start']} onClick={onPreviewAgain}>
          Preview again…
        </Button>
      )}
    </>
  );
}
