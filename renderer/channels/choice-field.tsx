/** One word of the config, from those the gateway's schema allows. */
import type { ChannelSettingValue, ChannelSettingView } from '../../electron/contract/channels.ts';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';
import { choiceWords, notSetWords, settingNames } from './channel-words.ts';

const longestWord = 64;

export interface ChoiceFieldProps {
  readonly setting: ChannelSettingView;
  /** It has a value of its own at the place where a change is written. */
  readonly own: boolean;
  /** Null: no value of its own. */
  readonly value: ChannelSettingValue;
  readonly onChange: (value: ChannelSettingValue) => void;
}

export function ChoiceField({ setting, own, value, onChange }: ChoiceFieldProps) {
  const { key, allowed } = setting;
  const label = settingNames[key];
  const word = typeof value === 'string' ? value : '';
  const change = (chosen: string): void => onChange(chosen === '' ? null : chosen);
  if (allowed === null) {
    return <TextField label={`${label} (${key})`} value={word} onValue={change} maxLength={longestWord} />;
  }
  // What somebody wrote by hand stays visible, also where this gateway does not know it.
  const words = word === '' || allowed.includes(word) ? allowed : [word, ...allowed];
  return (
    <SelectField
      label={`${label} (${key})`}
      value={word}
      options={[
        { value: '', label: inheritedLabel(setting, own) },
        ...words.map((each) => ({ value: each, label: choiceWords(key, each) })),
      ]}
      onChange={change}
    />
  );
}

function inheritedLabel({ key, value }: ChannelSettingView, own: boolean): string {
  if (own) return 'Take this setting away';
  if (typeof value !== 'string') return `Leave ${notSetWords}`;
  return `Leave as inherited (${choiceWords(key, value)})`;
}
