/** One setting as a control needs it: shows the owner's choice at once, falls back to the truth when it failed. */
import { useState } from 'react';
import type { AppError } from '../../electron/contract/result.ts';
import type { Settings } from '../../electron/contract/settings.ts';
import { useCommand } from '../session/use-command.ts';

export interface SettingControl<K extends keyof Settings> {
  readonly value: Settings[K];
  readonly saving: boolean;
  readonly saved: boolean;
  readonly error: AppError | null;
  readonly save: (value: Settings[K]) => void;
}

export function useSetting<K extends keyof Settings>(key: K, settings: Settings): SettingControl<K> {
  const { send, sending, done, error } = useCommand('settings.patch');
  /** What was chosen while the app has not answered yet. */
  const [chosen, setChosen] = useState<{ readonly value: Settings[K] } | null>(null);
  return {
    value: chosen === null ? settings[key] : chosen.value,
    saving: sending,
    saved: done,
    error,
    save: (value) => {
      setChosen({ value });
      void send({ [key]: value }).then(() => setChosen(null));
    },
  };
}
