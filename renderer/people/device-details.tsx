/** Everything known about one device, and what can be done to it. */
import { useState } from 'react';
import {
  deviceNameMax,
  type DeviceTokenView,
  type PairedDeviceView,
} from '../../electron/contract/people.ts';
import { Fact, FactList, StrangerFact } from '../requests/fact-list.tsx';
import { ScopeList } from '../requests/scope-list.tsx';
import { ScrollBox } from '../requests/scroll-box.tsx';
import { runCommand } from '../session/run-command.ts';
import { useSession } from '../session/session.ts';
import { Button } from '../ui/button.tsx';
import { ago } from '../ui/format-time.ts';
import { StrangerText } from '../ui/stranger-text.tsx';
import { TextField } from '../ui/text-field.tsx';
import { renameQuestion, revokeQuestion, rotateQuestion } from './confirmations.tsx';
import { usePeopleActions } from './people-actions.ts';
import { approvedWords, peopleTexts } from './people-texts.ts';
import styles from './people.module.css';

export interface DeviceDetailsProps {
  readonly device: PairedDeviceView;
  readonly now: number;
  readonly onRemove: () => void;
}

export function DeviceDetails({ device, now, onRemove }: DeviceDetailsProps) {
  const { bridge } = useSession().link;
  const actions = usePeopleActions();
  return (
    <div className={styles['details']}>
      <FactList>
        <StrangerFact label="Name" value={device.name} />
        <StrangerFact label="Platform" value={device.platform} />
        <Fact label="Key">
          <code>{device.fingerprint}</code>
        </Fact>
        <Fact label="Approved">
          <bdi>{approvedWords(device)}</bdi>
          {device.pairedAt !== null && `, ${ago(device.pairedAt, now)}`}
        </Fact>
      </FactList>
      {device.scopes.length > 0 && <ScopeList label="Rights" scopes={device.scopes} />}
      {device.commands.length > 0 && (
        <ScrollBox label="Commands your assistant may run there" count={device.commands.length}>
          <ul className={styles['names']}>
            {device.commands.map((command, index) => (
              <li key={index}>
                <code>
                  <StrangerText value={command} />
                </code>
              </li>
            ))}
          </ul>
        </ScrollBox>
      )}
      {device.tokens.length === 0 && <p className={styles['warn']}>{peopleTexts.noTokens}</p>}
      <RenameForm device={device} />
      <div className={styles['buttons']}>
        {device.own ? (
          <Button
            unavailable={actions.unavailable}
            onClick={() =>
              actions.confirm(rotateQuestion(() => runCommand(bridge, 'people.rotateOwnToken', undefined)))
            }
          >
            Replace its token…
          </Button>
        ) : (
          <>
            {device.tokens.map((token) => (
              <RevokeButton key={token.role} device={device} token={token} />
            ))}
            <Button unavailable={actions.unavailable} onClick={onRemove}>
              Remove…
            </Button>
          </>
        )}
      </div>
      {device.own && <p className={styles['muted']}>Portcullis does not remove itself.</p>}
    </div>
  );
}

function RevokeButton({
  device,
  token,
}: {
  readonly device: PairedDeviceView;
  readonly token: DeviceTokenView;
}) {
  const { bridge } = useSession().link;
  const actions = usePeopleActions();
  const { deviceId } = device;
  const { role, revokeElevation } = token;
  const revoke = () =>
    runCommand(bridge, 'people.revokeToken', { deviceId, role, elevate: revokeElevation.length > 0 });
  return (
    <Button
      unavailable={actions.unavailable}
      onClick={() => actions.confirm(revokeQuestion(device, token, revoke))}
    >
      {device.tokens.length === 1 ? 'Revoke token…' : `Revoke ${role} token…`}
    </Button>
  );
}

/** Empty until the owner types: a name with escapes in it is nothing to start from. */
function RenameForm({ device }: { readonly device: PairedDeviceView }) {
  const { bridge } = useSession().link;
  const actions = usePeopleActions();
  const [name, setName] = useState('');
  const trimmed = name.trim();
  const problem = trimmed.length > deviceNameMax ? `At most ${String(deviceNameMax)} characters.` : null;
  const { deviceId, manageElevation } = device;

  async function send(elevate: boolean) {
    const answer = await runCommand(bridge, 'people.rename', { deviceId, name: trimmed, elevate });
    if (answer.ok) setName('');
    return answer;
  }

  function submit(): void {
    if (trimmed === '' || problem !== null) return;
    if (manageElevation.length > 0) actions.confirm(renameQuestion(device, trimmed, () => send(true)));
    else void actions.run('Renamed.', () => send(false));
  }

  return (
    <form
      className={styles['rename']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!actions.unavailable) submit();
      }}
    >
      <TextField label="New name" value={name} onValue={setName} problem={problem} />
      <Button submit unavailable={actions.unavailable || trimmed === '' || problem !== null}>
        Rename
      </Button>
    </form>
  );
}
