/** Which gateway: the one on this computer, or a remote one by address and certificate fingerprint. */
import { useState } from 'react';
import { isSameChoice } from '../../electron/contract/gateway-choice.ts';
import type { GatewayChoice, Settings } from '../../electron/contract/settings.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { TextField } from '../ui/text-field.tsx';
import { fingerprintProblem, gatewayUrlProblem, plainFingerprint } from './gateway-url.ts';
import { SettingFeedback } from './setting-feedback.tsx';
import styles from './settings.module.css';
import { useSetting } from './use-setting.ts';

const modes = [
  { value: 'local', label: 'On this computer' },
  { value: 'remote', label: 'Remote' },
] as const;

export function GatewaySettings({ settings }: { readonly settings: Settings }) {
  const setting = useSetting('gateway', settings);
  const [mode, setMode] = useState(settings.gateway.mode);
  useChosenElsewhere(settings.gateway, () => setMode(settings.gateway.mode));
  return (
    <>
      <Choice
        label="Which gateway"
        value={mode}
        options={modes}
        onChange={(chosen) => {
          setMode(chosen);
          // A remote gateway is saved once its address is there.
          if (chosen === 'local' && setting.value.mode !== 'local') setting.save({ mode: 'local' });
        }}
      />
      {mode === 'remote' && (
        <RemoteForm choice={setting.value} saving={setting.saving} onSave={setting.save} />
      )}
      <SettingFeedback {...setting} />
    </>
  );
}

/** The gateway in use changed, here or elsewhere: the form shows that one from now on. */
function useChosenElsewhere(choice: GatewayChoice, show: () => void): void {
  const [seen, setSeen] = useState(choice);
  if (isSameChoice(seen, choice)) return;
  setSeen(choice);
  show();
}

interface RemoteFormProps {
  readonly choice: GatewayChoice;
  readonly saving: boolean;
  readonly onSave: (choice: GatewayChoice) => void;
}

function RemoteForm({ choice, saving, onSave }: RemoteFormProps) {
  const stored = choice.mode === 'remote' ? choice : { url: '', tlsFingerprint: null };
  const [url, setUrl] = useState(stored.url);
  const [fingerprint, setFingerprint] = useState(stored.tlsFingerprint ?? '');
  useChosenElsewhere(choice, () => {
    setUrl(stored.url);
    setFingerprint(stored.tlsFingerprint ?? '');
  });
  /** Mistakes are pointed out once the owner tried to save, not while typing. */
  const [tried, setTried] = useState(false);
  const urlProblem = gatewayUrlProblem(url.trim());
  const printProblem = fingerprintProblem(fingerprint);

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (urlProblem !== null || printProblem !== null || saving) return;
        onSave({ mode: 'remote', url: url.trim(), tlsFingerprint: plainFingerprint(fingerprint) });
      }}
    >
      <TextField
        label="Address"
        inputMode="url"
        placeholder="wss://gateway.example:18789"
        value={url}
        onValue={setUrl}
        problem={tried ? urlProblem : null}
      />
      <TextField
        label="Certificate fingerprint (SHA-256), if it is self-signed"
        value={fingerprint}
        onValue={setFingerprint}
        problem={tried ? printProblem : null}
      />
      <Button submit unavailable={saving}>
        Use this gateway
      </Button>
    </form>
  );
}
