/** A list of people in the config: taken out one by one, added one by one. */
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ChannelSettingValue, ChannelSettingView } from '../../electron/contract/channels.ts';
import type { DisplayText } from '../../electron/contract/display-text.ts';
import { Button } from '../ui/button.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { TextField } from '../ui/text-field.tsx';
import { fromWords, settingNames } from './channel-words.ts';
import styles from './channels.module.css';

const longestEntry = 400;
/** Drawn at once; a list can have thousands. */
const portion = 100;

export interface EntriesFieldProps {
  readonly setting: ChannelSettingView;
  readonly own: boolean;
  /** Null: no list of its own. */
  readonly value: ChannelSettingValue;
  readonly onChange: (value: ChannelSettingValue) => void;
}

export function EntriesField({ setting, own, value, onChange }: EntriesFieldProps) {
  const [limit, setLimit] = useState(portion);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const entries = Array.isArray(value) ? (value as readonly string[]) : [];
  const shownAs = shownByEntry(setting);
  const name = settingNames[setting.key];

  function add(): void {
    const entry = typed.trim();
    const wrong =
      entry === '' ? 'Enter somebody to add.' : entries.includes(entry) ? 'This is listed already.' : null;
    setProblem(wrong);
    field.current?.focus();
    if (wrong !== null) return;
    onChange([...entries, entry]);
    setTyped('');
  }
  function remove(entry: string): void {
    onChange(entries.filter((each) => each !== entry));
    // The button that was pressed is gone with its row.
    field.current?.focus();
  }

  return (
    <fieldset className={styles['field']}>
      <legend>
        {name} ({setting.key})
      </legend>
      {!own && value !== null && <p className={styles['quiet']}>Now: {fromWords[setting.from]}.</p>}
      {value === null && own ? (
        <p>This list is taken away; what is set elsewhere holds.</p>
      ) : (
        <Rows entries={entries.slice(0, limit)} shownAs={shownAs} list={name} onRemove={remove} />
      )}
      {entries.length > limit && (
        <Button onClick={() => setLimit(limit + portion)}>
          Show more ({String(entries.length - limit)} left)
        </Button>
      )}
      <div className={styles['add']}>
        <TextField
          ref={field}
          label={`Add to “${name}”`}
          value={typed}
          maxLength={longestEntry}
          problem={problem}
          onValue={(text) => {
            setTyped(text);
            setProblem(null);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <Button onClick={add} aria-label={`Add to “${name}” now`}>
          Add
        </Button>
      </div>
      {own && setting.value !== null && (
        <div className={styles['buttons']}>
          {value === null ? (
            <Button onClick={() => onChange(setting.value)}>Keep this list</Button>
          ) : (
            <Button onClick={() => onChange(null)}>Take this list away</Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

interface RowsProps {
  readonly entries: readonly string[];
  readonly shownAs: ReadonlyMap<string, DisplayText>;
  readonly list: string;
  readonly onRemove: (entry: string) => void;
}

function Rows({ entries, shownAs, list, onRemove }: RowsProps) {
  if (entries.length === 0) return <p className={styles['quiet']}>Nobody is listed.</p>;
  return (
    <ul className={styles['entries']} aria-label={list}>
      {entries.map((entry) => {
        const shown = shownAs.get(entry);
        return (
          <li key={entry} className={styles['entryRow']}>
            {shown === undefined ? <bdi>{entry}</bdi> : <StrangerText value={shown} />}
            <Button
              look="quiet"
              title="Take out"
              aria-label={`Take ${shown?.text ?? entry} out of “${list}”`}
              onClick={() => onRemove(entry)}
            >
              <X size={16} aria-hidden />
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** What the owner typed is shown as typed; what came from the config as the app made it safe to look at. */
function shownByEntry({ value, shown }: ChannelSettingView): ReadonlyMap<string, DisplayText> {
  const entries = Array.isArray(value) ? (value as readonly string[]) : [];
  return new Map(
    entries.flatMap((entry, index) => {
      const text = shown[index];
      return text === undefined ? [] : [[entry, text] as const];
    }),
  );
}
