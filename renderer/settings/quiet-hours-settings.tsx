/** When nothing is to pop up, on which days, and what may all the same. */
import { everyDay } from '../../electron/contract/setting-choices.ts';
import type { QuietHours, Weekday } from '../../electron/contract/settings.ts';
import { SwitchRow } from '../ui/switch-row.tsx';
import { TextField } from '../ui/text-field.tsx';
import { KindSwitches } from './kind-switches.tsx';
import { minuteOfDay, timeOfDay } from './time-of-day.ts';
import styles from './settings.module.css';

/** As weeks are read: Monday first. */
const weekdays: readonly { readonly day: Weekday; readonly label: string; readonly name: string }[] = [
  { day: 1, label: 'Mo', name: 'Monday' },
  { day: 2, label: 'Tu', name: 'Tuesday' },
  { day: 3, label: 'We', name: 'Wednesday' },
  { day: 4, label: 'Th', name: 'Thursday' },
  { day: 5, label: 'Fr', name: 'Friday' },
  { day: 6, label: 'Sa', name: 'Saturday' },
  { day: 0, label: 'Su', name: 'Sunday' },
];

export interface QuietHoursSettingsProps {
  readonly value: QuietHours;
  readonly onChange: (value: QuietHours) => void;
}

export function QuietHoursSettings({ value, onChange }: QuietHoursSettingsProps) {
  const change = (part: Partial<QuietHours>): void => onChange({ ...value, ...part });
  return (
    <>
      <SwitchRow
        label="Quiet hours"
        hint="Nothing pops up meanwhile, nothing is approved, and nothing is lost: one notification tells of it afterwards."
        checked={value.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      {value.enabled && (
        <div className={styles['indented']}>
          <div className={styles['times']}>
            <TimeField label="From" value={value.from} onTime={(from) => change({ from })} />
            <TimeField label="To" value={value.to} onTime={(to) => change({ to })} />
          </div>
          {value.to <= value.from && <p className={styles['note']}>Until the next day.</p>}
          <fieldset className={styles['fieldset']}>
            <legend className={styles['label']}>Beginning on</legend>
            <div className={styles['days']}>
              {weekdays.map(({ day, label, name }) => (
                <label key={day} className={styles['day']} title={name}>
                  <input
                    type="checkbox"
                    aria-label={name}
                    checked={value.days.includes(day)}
                    onChange={() => change({ days: toggled(value.days, day) })}
                  />
                  <span aria-hidden>{label}</span>
                </label>
              ))}
            </div>
          </fieldset>
          {value.days.length === 0 && (
            <p className={styles['note']}>No day is chosen, so it is never quiet.</p>
          )}
          <KindSwitches
            legend="May pop up all the same"
            value={value.letThrough}
            onChange={(letThrough) => change({ letThrough })}
          />
        </div>
      )}
    </>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onTime: (minute: number) => void;
}

function TimeField({ label, value, onTime }: TimeFieldProps) {
  return (
    <TextField
      label={label}
      type="time"
      required
      value={timeOfDay(value)}
      onValue={(text) => {
        const minute = minuteOfDay(text);
        // Half a time is none yet; the last whole one stays.
        if (minute !== null) onTime(minute);
      }}
    />
  );
}

/** In the order of the week, so that the same choice is always the same value. */
function toggled(days: readonly Weekday[], day: Weekday): readonly Weekday[] {
  return everyDay.filter((each) => days.includes(each) !== (each === day));
}
