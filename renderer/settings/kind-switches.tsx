/** One switch for each kind of thing a notification can be about. */
import { noticeKinds } from '../../electron/contract/setting-choices.ts';
import type { ByNoticeKind, NoticeKind } from '../../electron/contract/settings.ts';
import { SwitchRow } from '../ui/switch-row.tsx';
import styles from './settings.module.css';

const labels: Readonly<Record<NoticeKind, string>> = {
  chat: 'Chat contacts',
  devices: 'Devices and nodes',
  sends: 'Stopped messages',
};

export interface KindSwitchesProps {
  readonly legend: string;
  readonly hints?: Readonly<Record<NoticeKind, string>>;
  readonly value: ByNoticeKind;
  readonly onChange: (value: ByNoticeKind) => void;
}

export function KindSwitches({ legend, hints, value, onChange }: KindSwitchesProps) {
  return (
    <fieldset className={styles['fieldset']}>
      <legend className={styles['label']}>{legend}</legend>
      {noticeKinds.map((kind) => (
        <SwitchRow
          key={kind}
          label={labels[kind]}
          {...(hints === undefined ? {} : { hint: hints[kind] })}
          checked={value[kind]}
          onChange={(checked) => onChange({ ...value, [kind]: checked })}
        />
      ))}
    </fieldset>
  );
}
