/** How far a set-up is, and how it ended. */
import { Check, Circle } from 'lucide-react';
import type { GuardSetupStep, GuardSetupView } from '../../electron/contract/guard/guard-view.ts';
import { Callout } from '../ui/callout.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { doneWords, setupSubject, steps, undoWords } from './guard-words.ts';
import styles from './guard.module.css';
import { TestResult } from './test-result.tsx';

export function SetupProgress({ setup, now }: { readonly setup: GuardSetupView; readonly now: number }) {
  switch (setup.state) {
    case 'idle':
      return null;
    case 'working':
      return (
        <Callout tone="quiet" title={`${setupSubject(setup.input)} is being set up`}>
          <Steps current={setup.step} />
        </Callout>
      );
    case 'done':
      return (
        <Callout
          tone="quiet"
          live="status"
          title={`${setupSubject(setup.input)} ${doneWords[setup.input.part][setup.input.action]}`}
        >
          {setup.test === null ? (
            <p>There was nothing to test.</p>
          ) : (
            <TestResult test={setup.test} now={now} />
          )}
        </Callout>
      );
    case 'failed':
      return (
        <Callout tone="danger" live="alert" title={`${setupSubject(setup.input)} could not be changed`}>
          <p>{setup.error.message}</p>
          <p>
            {setup.undone
              ? 'Everything is as it was before.'
              : 'Not everything could be put back. Look at the config before you go on.'}
          </p>
        </Callout>
      );
  }
}

function Steps({ current }: { readonly current: GuardSetupStep }) {
  const at = steps.findIndex(({ step }) => step === current);
  const words = current === 'undo' ? undoWords : (steps[at]?.words ?? '');
  return (
    <>
      <p className="visually-hidden" role="status">
        {words}…
      </p>
      {current === 'undo' ? (
        <p className={styles['step']}>
          <Spinner /> {words}…
        </p>
      ) : (
        <ol className={styles['steps']}>
          {steps.map(({ step, words: label }, index) => (
            <li key={step} className={styles['step']} aria-current={index === at ? 'step' : undefined}>
              {index < at ? (
                <Check size={16} aria-hidden />
              ) : index === at ? (
                <Spinner />
              ) : (
                <Circle size={16} aria-hidden />
              )}
              <span className={index > at ? styles['quiet'] : undefined}>
                {label}
                {index < at && <span className="visually-hidden"> (done)</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
