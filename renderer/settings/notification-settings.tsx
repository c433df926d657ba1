/** What pops up, and what it says. */
import type { ReactNode } from 'react';
import type {
  NotificationSettings,
  NoticeKind,
  PrivacyLevel,
  Settings,
} from '../../electron/contract/settings.ts';
import type { NotificationsView } from '../../electron/contract/snapshot.ts';
import { Choice } from '../ui/choice.tsx';
import { SwitchRow } from '../ui/switch-row.tsx';
import { KindSwitches } from './kind-switches.tsx';
import { QuietHoursSettings } from './quiet-hours-settings.tsx';
import { SettingFeedback } from './setting-feedback.tsx';
import styles from './settings.module.css';
import { useSetting } from './use-setting.ts';

const capabilityNotes: Readonly<Record<NotificationsView['capability'], string | null>> = {
  buttons: null,
  'look-here': 'This desktop shows notifications without buttons. Click one to see the request here.',
  none: 'This desktop shows no notifications. Requests appear here and at the tray icon only.',
};

const levels: readonly { readonly value: PrivacyLevel; readonly label: string }[] = [
  { value: 'names', label: 'Who asks' },
  { value: 'kind', label: 'Only what asks' },
  { value: 'nothing', label: 'Nothing' },
];

const levelMeanings: Readonly<Record<PrivacyLevel, string>> = {
  names: 'Names and facts are shown, and most requests can be answered right there.',
  kind: 'For example “A device asks to be let in”. You can deny it there; to approve, open Portcullis.',
  nothing: 'Only “Portcullis needs you”. Everything else is in this window and in the tray menu.',
};

const kindHints: Readonly<Record<NoticeKind, string>> = {
  chat: 'The same sender at most once a day.',
  devices: 'Phones, computers and nodes that ask to be paired.',
  sends: 'A message whose sender waits is refused when nobody answers in time.',
};

interface NotificationSettingsProps {
  readonly settings: Settings;
  readonly capability: NotificationsView['capability'];
}

export function NotificationSettingsForm({ settings, capability }: NotificationSettingsProps): ReactNode {
  const setting = useSetting('notifications', settings);
  const { value, save } = setting;
  const change = (part: Partial<NotificationSettings>): void => save({ ...value, ...part });
  const note = capabilityNotes[capability];
  return (
    <>
      <SwitchRow
        label="Show notifications"
        checked={value.enabled}
        onChange={(enabled) => change({ enabled })}
      />
      {note !== null && <p className={styles['note']}>{note}</p>}
      {value.enabled && (
        <>
          <KindSwitches
            legend="About"
            hints={kindHints}
            value={value.kinds}
            onChange={(kinds) => change({ kinds })}
          />
          <div className={styles['group']}>
            <p className={styles['label']}>What a notification shows</p>
            <Choice
              label="What a notification shows"
              value={value.privacy}
              options={levels}
              onChange={(privacy) => change({ privacy })}
            />
            <p className={styles['note']}>{levelMeanings[value.privacy]}</p>
          </div>
          <QuietHoursSettings value={value.quietHours} onChange={(quietHours) => change({ quietHours })} />
        </>
      )}
      <SettingFeedback {...setting} />
    </>
  );
}
