/** One iMessage account: what its strangers get now, until when, what went wrong, and the buttons to change it. */
import { Suspense, useRef, useState } from 'react';
import type { ConfigWorkView } from '../../electron/contract/channels.ts';
import type { SilenceAccountView } from '../../electron/contract/silence.ts';
import { WorkLine } from '../config-preview/work-line.tsx';
import { useSections } from '../navigation.tsx';
import { expiryWords } from '../rules/expiry.ts';
import { useSession } from '../session/session.ts';
import { useSeconds } from '../session/use-time.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import type { SilenceStep } from './silence-dialogs.tsx';
import { LazySilenceDialogs } from './lazy-silence-dialogs.tsx';
import { modeLabels, nowSentence, silenceName, strictProblem, wildcardText } from './silence-words.ts';
import styles from './silence.module.css';

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
  const changeButton = useRef<HTMLButtonElement>(null);
  const name = silenceName(account);
  const unavailable = !changeable || account.working !== null;
  return (
    <div role="group" aria-label={name} className={styles['account']}>
      <div className={styles['row']}>
        <div className={styles['words']}>
          {named && <p className={styles['quiet']}>{name}</p>}
          <p role="status">
            <span className={styles['name']}>{modeLabels[account.mode]}.</span> {nowSentence(account)}
          </p>
          {account.until !== null && <Ending account={account} until={account.until} />}
        </div>
        <div className={styles['buttons']}>
          {account.former !== null && (
            <Button
              unavailable={unavailable}
              aria-label={`Undo… (${name})`}
              onClick={() => setStep({ kind: 'undo' })}
            >
              Undo…
            </Button>
          )}
          <Button
            ref={changeButton}
            unavailable={unavailable}
            aria-label={`Change… (strangers on ${name})`}
            onClick={() => setStep({ kind: 'choose' })}
          >
            Change…
          </Button>
        </div>
      </div>
      <Cautions account={account} />
      {account.working !== null && <WorkLine progress={account.working} />}
      {account.working === null && <Outcome account={account} work={work} />}
      {step !== null && (
        <Suspense fallback={null}>
          <LazySilenceDialogs
            account={account}
            step={step}
            onStep={setStep}
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
  const former = account.former === null ? 'the former setting' : `“${modeLabels[account.former]}”`;
  return (
    <p className={styles['quiet']}>
      {until > now
        ? `Holds ${expiryWords(until, now)}. Then ${former} comes back.`
        : `Its time is up: ${former} comes back as soon as the gateway’s config can be changed.`}
    </p>
  );
}

function Cautions({ account }: { readonly account: SilenceAccountView }) {
  const { has, open } = useSections();
  const strict = strictProblem(account);
  return (
    <>
      {account.wildcard && (
        <Callout
          tone="warn"
          actions={
            has('channels') ? <Button onClick={() => open('channels')}>Open channels</Button> : undefined
          }
        >
          <p>{wildcardText}</p>
        </Callout>
      )}
      {strict !== null && (
        <Callout
          tone="warn"
          actions={
            has('guard') ? <Button onClick={() => open('guard')}>Set up strict mode</Button> : undefined
          }
        >
          <p>{strict}</p>
        </Callout>
      )}
    </>
  );
}

/** How the last change of this account ended. */
function Outcome({ account, work }: { readonly account: SilenceAccountView; readonly work: ConfigWorkView }) {
  const failedHere =
    work.state === 'failed' &&
    (work.reason.kind === 'silence' || work.reason.kind === 'silence-end') &&
    work.reason.account === account.account;
  return (
    <>
      <ErrorLine error={account.error} />
      {account.error !== null && failedHere && work.written && (
        <p>
          Some of it stands in the gateway’s config. Take it back on the Channels page, under its changes.
        </p>
      )}
    </>
  );
}
