/** Paired devices and nodes: filter, select several, look at each. */
import { useState } from 'react';
import {
  isLongUnseen,
  type DevicesListView,
  type PairedDeviceView,
  type RemovedDevices,
} from '../../electron/contract/people.ts';
import { ok, type Result } from '../../electron/contract/result.ts';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { Callout } from '../ui/callout.tsx';
import { Choice } from '../ui/choice.tsx';
import { Section } from '../ui/page.tsx';
import { adminScopes, removalQuestion } from './confirmations.tsx';
import { DeviceRow } from './device-row.tsx';
import { usePeopleActions } from './people-actions.ts';
import { peopleTexts } from './people-texts.ts';
import styles from './people.module.css';

type Filter = 'all' | 'unseen' | 'admin';
const filters = [
  { value: 'all', label: 'All' },
  { value: 'unseen', label: peopleTexts.longUnseen },
  { value: 'admin', label: 'Admins' },
] as const;

export interface DevicesSectionProps {
  readonly devices: DevicesListView;
  readonly now: number;
  readonly onLook: (elevate: boolean) => Promise<Result<unknown>>;
}

export function DevicesSection({ devices, now, onLook }: DevicesSectionProps) {
  const { bridge } = useSession().link;
  const actions = usePeopleActions();
  const [filter, setFilter] = useState<Filter>('all');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = devices.list.filter((device) => passes(device, filter, now));
  // Only what is in sight is ever removed: a filter or a new list may have taken some of them away.
  const selected = shown.filter((device) => chosen.has(device.deviceId) && !device.own);

  async function remove(targets: readonly PairedDeviceView[]): Promise<Result<unknown>> {
    const answer = await runCommand(bridge, 'people.removeDevices', {
      deviceIds: targets.map(({ deviceId }) => deviceId),
      elevate: targets.some(({ manageElevation }) => manageElevation.length > 0),
    });
    if (!answer.ok) return answer;
    setChosen(new Set(answer.value.failed.map(({ deviceId }) => deviceId)));
    return failureOf(answer.value);
  }

  function select(deviceId: string, isChosen: boolean): void {
    const next = new Set(chosen);
    if (isChosen) next.add(deviceId);
    else next.delete(deviceId);
    setChosen(next);
  }

  if (!devices.offered) {
    return (
      <Section title={peopleTexts.devices}>
        <p className={styles['muted']}>{peopleTexts.notOffered}</p>
      </Section>
    );
  }
  return (
    <Section title={peopleTexts.devices}>
      <Choice label="Which devices" value={filter} options={filters} onChange={setFilter} />
      {devices.limited && (
        <Callout
          tone="quiet"
          actions={
            <Button
              unavailable={actions.unavailable}
              onClick={() =>
                actions.confirm({
                  title: 'Show every device?',
                  text: <p>This only looks: nothing is changed.</p>,
                  elevation: adminScopes,
                  confirmLabel: 'Show all',
                  done: 'All devices are shown.',
                  run: () => onLook(true),
                })
              }
            >
              Show all…
            </Button>
          }
        >
          <p>{peopleTexts.limited}</p>
        </Callout>
      )}
      {devices.unreadable > 0 && (
        <p className={styles['warn']}>{peopleTexts.unreadable(devices.unreadable)}</p>
      )}
      {shown.length === 0 && <p className={styles['muted']}>{peopleTexts.noDevices}</p>}
      <ul className={styles['rows']}>
        {shown.map((device) => (
          <DeviceRow
            key={device.deviceId}
            device={device}
            now={now}
            chosen={chosen.has(device.deviceId)}
            onChosen={(isChosen) => select(device.deviceId, isChosen)}
            onRemove={() => actions.confirm(removalQuestion([device], () => remove([device])))}
          />
        ))}
      </ul>
      {selected.length > 0 && (
        <div className={styles['bulk']}>
          <Button
            unavailable={actions.unavailable}
            onClick={() => actions.confirm(removalQuestion(selected, () => remove(selected)))}
          >
            {`Remove ${String(selected.length)} selected…`}
          </Button>
          <Button look="quiet" onClick={() => setChosen(new Set())}>
            Select none
          </Button>
        </div>
      )}
    </Section>
  );
}

function passes(device: PairedDeviceView, filter: Filter, now: number): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'unseen':
      return isLongUnseen(device, now) === true;
    case 'admin':
      return device.scopes.some(({ dangerous }) => dangerous);
  }
}

/** Several can fail for the same reason; how many did not work comes first. */
function failureOf({ failed, removed }: RemovedDevices): Result<unknown> {
  const first = failed[0];
  if (first === undefined) return ok(null);
  const count = failed.length + removed.length;
  const message =
    count === 1
      ? first.error.message
      : `${String(failed.length)} of ${String(count)} were not removed. ${first.error.message}`;
  return { ok: false, error: { ...first.error, message } };
}
