/** One device or node: a line to recognise it by, and everything else behind "Details". */
import { Laptop, ServerCog, ShieldAlert } from 'lucide-react';
import { useId, useState } from 'react';
import { isLongUnseen, type PairedDeviceView } from '../../electron/contract/people.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { StrangerText } from '../ui/stranger-text.tsx';
import { DeviceDetails } from './device-details.tsx';
import { peopleTexts, seenWords } from './people-texts.ts';
import styles from './people.module.css';

export interface DeviceRowProps {
  readonly device: PairedDeviceView;
  readonly now: number;
  readonly chosen: boolean;
  readonly onChosen: (chosen: boolean) => void;
  readonly onRemove: () => void;
}

export function DeviceRow({ device, now, chosen, onChosen, onRemove }: DeviceRowProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const isPowerful = device.scopes.some(({ dangerous }) => dangerous);
  const isAdmin = device.scopes.some(({ scope }) => scope === 'operator.admin');
  const Icon = device.kind === 'node' ? ServerCog : Laptop;
  return (
    <li className={styles['row']} aria-labelledby={`${id}-name`}>
      <div className={styles['line']}>
        {device.own ? (
          <span className={styles['checkboxSpace']} />
        ) : (
          <Checkbox checked={chosen} aria-labelledby={`${id}-select ${id}-name`} onChange={onChosen}>
            <span id={`${id}-select`} className="visually-hidden">
              Select
            </span>
          </Checkbox>
        )}
        <Icon className={styles['icon']} size={18} aria-hidden />
        <div className={styles['words']}>
          <p id={`${id}-name`} className={styles['name']}>
            <StrangerText value={device.name} />
          </p>
          <p className={styles['muted']}>
            {device.kind === 'node' ? 'Node' : 'Device'}
            {device.platform !== null && (
              <>
                {' · '}
                <StrangerText value={device.platform} />
              </>
            )}
            {` · ${seenWords(device, now)}`}
          </p>
          <p className={styles['badges']}>
            {device.own && <span className={styles['badge']}>{peopleTexts.own}</span>}
            {isPowerful && (
              <span className={styles['danger']}>
                <ShieldAlert size={14} aria-hidden />
                {isAdmin ? peopleTexts.admin : peopleTexts.powerful}
              </span>
            )}
            {isLongUnseen(device, now) === true && (
              <span className={styles['warnBadge']}>{peopleTexts.longUnseen}</span>
            )}
          </p>
        </div>
        <Button
          aria-expanded={open}
          aria-labelledby={`${id}-toggle ${id}-name`}
          onClick={() => setOpen(!open)}
        >
          <span id={`${id}-toggle`}>{open ? 'Close' : 'Details'}</span>
        </Button>
      </div>
      {open && <DeviceDetails device={device} now={now} onRemove={onRemove} />}
    </li>
  );
}
