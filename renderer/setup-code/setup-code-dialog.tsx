/** Pairs a phone: explains what the code opens, shows it, and lets go of it. */
import { Smartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { SetupAccess } from '../../electron/contract/setup-code.ts';
import { setupAccessTexts, setupRefusalTexts } from '../../electron/contract/setup-code-texts.ts';
import { useSnapshot } from '../session/session.ts';
import { machineClock, useHasPassed } from '../session/use-time.ts';
import { ApproveButton } from '../ui/approve-button.tsx';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Choice } from '../ui/choice.tsx';
import { ErrorLine } from '../ui/error-line.tsx';
import { holdMs } from '../ui/hold.ts';
import { Modal } from '../ui/modal.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { pairTexts } from './setup-code-texts.ts';
import styles from './setup-code.module.css';
import { ShownCode } from './shown-code.tsx';
import { useSetupCode, type PairingPhase } from './use-setup-code.ts';

const accessOptions = (['limited', 'full'] as const).map((value) => ({
  value,
  label: setupAccessTexts[value].label,
}));

export function SetupCodeDialog({ onClose }: { readonly onClose: () => void }) {
  const { phase, make, startOver } = useSetupCode();
  const [access, setAccess] = useState<SetupAccess>('limited');
  const inScreenshots = useIsInScreenshots();
  const asks = phase.state === 'asking' || phase.state === 'making';
  return (
    <Modal
      title={pairTexts.title}
      icon={<Smartphone size={18} aria-hidden />}
      text={
        <>
          {asks && <p>{pairTexts.intro}</p>}
          {asks && <p>{pairTexts.elevation}</p>}
          {phase.state === 'shown' && <p>{pairTexts.scan}</p>}
          {phase.state === 'shown' && !inScreenshots && <p>{pairTexts.notInScreenshots}</p>}
        </>
      }
      closeLabel={asks ? pairTexts.cancel : pairTexts.close}
      onClose={onClose}
      action={<NextStep phase={phase} onMake={() => void make(access)} onStartOver={startOver} />}
    >
      {asks && (
        <>
          <Choice
            label="What the phone may do"
            value={access}
            options={accessOptions}
            onChange={(chosen) => {
              if (phase.state === 'asking') setAccess(chosen);
            }}
          />
          <p className={styles['muted']}>{setupAccessTexts[access].meaning}</p>
        </>
      )}
      <Outcome phase={phase} />
    </Modal>
  );
}

/** A browser tab always is, and macOS 15 and later show the window whatever Electron asks: only Windows leaves it out. */
function useIsInScreenshots(): boolean {
  const host = useSnapshot()?.host;
  return host?.kind !== 'desktop' || host.platform !== 'win32';
}

interface NextStepProps {
  readonly phase: PairingPhase;
  readonly onMake: () => void;
  readonly onStartOver: () => void;
}

function NextStep({ phase, onMake, onStartOver }: NextStepProps) {
  switch (phase.state) {
    case 'asking':
    case 'making':
      return <MakeButton making={phase.state === 'making'} onMake={onMake} />;
    case 'refused':
      return <Button onClick={onStartOver}>{pairTexts.tryAgain}</Button>;
    case 'expired':
      return <Button onClick={onStartOver}>{pairTexts.makeAnother}</Button>;
    case 'shown':
    case 'used':
      return null;
  }
}

function MakeButton({ making, onMake }: { readonly making: boolean; readonly onMake: () => void }) {
  // A double click on what led here must not make a code.
  const [armsAt] = useState(() => Date.now() + holdMs);
  const armed = useHasPassed(armsAt, machineClock);
  return (
    <ApproveButton
      armed={armed}
      armsAt={armsAt}
      now={machineClock}
      unavailable={making}
      onApprove={onMake}
      onTooEarly={() => undefined}
    >
      {pairTexts.make}
    </ApproveButton>
  );
}

function Outcome({ phase }: { readonly phase: PairingPhase }): ReactNode {
  switch (phase.state) {
    case 'asking':
      return <ErrorLine error={phase.error} />;
    case 'making':
      return (
        <p role="status" className={styles['waiting']}>
          <Spinner /> {pairTexts.making}
        </p>
      );
    case 'shown':
      return (
        <>
          {phase.wanted === 'full' && phase.code.access === 'limited' && (
            <Callout tone="warn">
              <p>{pairTexts.downgraded}</p>
            </Callout>
          )}
          <ShownCode code={phase.code} />
        </>
      );
    case 'expired':
      return (
        <Callout tone="quiet" live="status">
          <p>{pairTexts.expired}</p>
        </Callout>
      );
    case 'used':
      return (
        <Callout tone={phase.used.confirmed ? 'quiet' : 'warn'} live="status" title={pairTexts.used}>
          {phase.used.deviceName !== null && (
            <p>
              <StrangerText value={phase.used.deviceName} /> is in the list of devices now.
            </p>
          )}
          {!phase.used.confirmed && <p>{pairTexts.uncertain}</p>}
        </Callout>
      );
    case 'refused':
      return <Refusal phase={phase} />;
  }
}

function Refusal({ phase }: { readonly phase: Extract<PairingPhase, { readonly state: 'refused' }> }) {
  const { title, meaning, action } = setupRefusalTexts[phase.why];
  return (
    <Callout tone="warn" live="alert" title={title}>
      <p>{meaning}</p>
      {action !== '' && <p>{action}</p>}
      {phase.why === 'other' && (
        <p>
          <StrangerText value={phase.gatewayWords} />
        </p>
      )}
    </Callout>
  );
}
