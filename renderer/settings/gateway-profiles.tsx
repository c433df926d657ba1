/** Gateways to come back to: each by a name, one in use, switched to with one press. */
import { useState } from 'react';
import { isSameChoice } from '../../electron/contract/gateway-choice.ts';
import { longestGatewayName } from '../../electron/contract/setting-choices.ts';
import type { GatewayChoice, Settings } from '../../electron/contract/settings.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SettingFeedback } from './setting-feedback.tsx';
import styles from './settings.module.css';
import { useSetting } from './use-setting.ts';

export function GatewayProfiles({ settings }: { readonly settings: Settings }) {
  const profiles = useSetting('gateways', settings);
  const choice = useSetting('gateway', settings);
  const { value } = profiles;
  const inUse = value.find(({ gateway }) => isSameChoice(gateway, choice.value));
  return (
    <div className={styles['group']}>
      {value.length > 0 && (
        <ul className={styles['profiles']} aria-label="Remembered gateways">
          {value.map((profile) => (
            <li key={profile.name} className={styles['profile']}>
              <div className={styles['profile-name']}>
                <bdi>{profile.name}</bdi>
                <p className={styles['note']}>
                  {profile === inUse ? 'In use, ' : ''}
                  {addressOf(profile.gateway)}
                </p>
              </div>
              {profile !== inUse && (
                <Button
                  unavailable={choice.saving}
                  aria-label={`Use ${profile.name}`}
                  onClick={() => choice.save(profile.gateway)}
                >
                  Use
                </Button>
              )}
              <Button
                look="quiet"
                aria-label={`Forget ${profile.name}`}
                onClick={() => profiles.save(value.filter((each) => each !== profile))}
              >
                Forget
              </Button>
            </li>
          ))}
        </ul>
      )}
      <SettingFeedback {...choice} />
      {inUse === undefined && (
        <RememberForm
          names={value.map(({ name }) => name)}
          saving={profiles.saving}
          onName={(name) => profiles.save([...value, { name, gateway: choice.value }])}
        />
      )}
      <SettingFeedback {...profiles} />
    </div>
  );
}

interface RememberFormProps {
  readonly names: readonly string[];
  readonly saving: boolean;
  readonly onName: (name: string) => void;
}

function RememberForm({ names, saving, onName }: RememberFormProps) {
  const [name, setName] = useState('');
  /** Mistakes are pointed out once the owner tried to save, not while typing. */
  const [tried, setTried] = useState(false);
  const problem = nameProblem(name.trim(), names);
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem !== null || saving) return;
        onName(name.trim());
        setName('');
        setTried(false);
      }}
    >
      <TextField
        label="Remember the gateway in use as"
        placeholder="Home"
        value={name}
        onValue={setName}
        problem={tried ? problem : null}
      />
      <Button submit unavailable={saving}>
        Remember
      </Button>
    </form>
  );
}

function nameProblem(name: string, names: readonly string[]): string | null {
  if (name === '') return 'Give it a name.';
  if (name.length > longestGatewayName) return 'This name is too long.';
  return names.includes(name) ? 'Another gateway has this name.' : null;
}

function addressOf(gateway: GatewayChoice): string {
  return gateway.mode === 'local' ? 'on this computer' : gateway.url;
}
