/** What the owner is asked before something is taken away: in plain words, with every name that is meant. */
import type { ReactNode } from 'react';
import type {
  ApprovedContactView,
  DeviceTokenView,
  PairedDeviceView,
} from '../../electron/contract/people.ts';
import { channelName } from '../../electron/contract/guard/channel-names.ts';
import type { DisplayText } from '../../electron/contract/display-text.ts';
import { blockTexts } from '../../electron/contract/people-texts.ts';
import type { ScopeView } from '../../electron/contract/request.ts';
import type { Result } from '../../electron/contract/result.ts';
import { ScrollBox } from '../requests/scroll-box.tsx';
import { oddities, StrangerText } from '../ui/stranger-text.tsx';
import { ContactName, isLongName } from './contact-name.tsx';
import type { Confirmation } from './people-actions.ts';
import { namesInWords } from './people-texts.ts';
import styles from './people.module.css';

type Run = () => Promise<Result<unknown>>;

/** What looking at everything takes; the app names the scopes of everything else. */
export const adminScopes: readonly ScopeView[] = [
  { scope: 'operator.admin', words: 'Full control: settings, plugins and commands', dangerous: true },
];

export function removalQuestion(devices: readonly PairedDeviceView[], run: Run): Confirmation {
  const [first] = devices;
  const several = devices.length > 1;
  return {
    title: several ? `Remove ${String(devices.length)} devices?` : `Remove this ${first?.kind ?? 'device'}?`,
    text: (
      <p>
        {several ? 'They are' : 'It is'} disconnected at once and must be approved again to come back. Nothing
        is changed on {several ? 'the devices themselves' : 'the device itself'}.
      </p>
    ),
    details: (
      <Names
        label="Will be removed"
        names={devices.map(({ name, fingerprint }) => ({ name, fingerprint }))}
      />
    ),
    elevation: devices.find(({ manageElevation }) => manageElevation.length > 0)?.manageElevation ?? [],
    confirmLabel: several ? `Remove ${String(devices.length)}` : 'Remove',
    done: `Removed: ${namesInWords(devices.map(({ name }) => name.text))}.`,
    run,
  };
}

export function revokeQuestion(device: PairedDeviceView, token: DeviceTokenView, run: Run): Confirmation {
  return {
    title: 'Revoke its token?',
    text: (
      <p>
        <StrangerText value={device.name} /> is disconnected at once and cannot connect with this token any
        more. It stays in the list and can ask to pair again.
      </p>
    ),
    elevation: token.revokeElevation,
    confirmLabel: 'Revoke',
    done: `The token of ${device.name.text} was revoked.`,
    run,
  };
}

export function renameQuestion(device: PairedDeviceView, name: string, run: Run): Confirmation {
  return {
    title: 'Rename with administrator rights?',
    text: (
      <p>
        <StrangerText value={device.name} /> gets the name “<bdi>{name}</bdi>”.
      </p>
    ),
    elevation: device.manageElevation,
    confirmLabel: 'Rename',
    done: 'Renamed.',
    run,
  };
}

export function rotateQuestion(run: Run): Confirmation {
  return {
    title: 'Replace Portcullis’ own token?',
    text: (
      <p>
        Portcullis gets a new token from the gateway and keeps it in the keychain. Whoever has a copy of the
        old one can do nothing with it any more. The connection is gone for a moment.
      </p>
    ),
    elevation: [],
    confirmLabel: 'Replace',
    done: 'Portcullis has a new token.',
    run,
  };
}

export function contactQuestion(contact: ApprovedContactView, block: boolean, run: Run): Confirmation {
  const { shown, channel, accountShown } = contact;
  const isLong = isLongName(shown);
  return {
    title: block ? 'Take back and block?' : 'Take this approval back?',
    text: (
      <>
        <p>
          {isLong ? 'This contact' : <StrangerText value={shown} />} can no longer write to your assistant on{' '}
          {channelName(channel)} (account <StrangerText value={accountShown} />
          ).
        </p>
        <p>
          {block
            ? `Their later requests are dismissed without asking you, and the send guard lets nothing out to them. ${blockTexts.gateway}`
            : 'When they write again, they get a pairing code and you are asked.'}
        </p>
      </>
    ),
    details: (
      <>
        {isLong && <ContactName shown={shown} />}
        <Oddities value={shown} />
      </>
    ),
    elevation: [],
    confirmLabel: block ? 'Take back and block' : 'Take back',
    done: block
      ? `${isLong ? 'This contact' : shown.text} was blocked.`
      : `The approval of ${isLong ? 'this contact' : shown.text} was taken back.`,
    run,
  };
}

function Names({
  label,
  names,
}: {
  readonly label: string;
  readonly names: readonly { readonly name: DisplayText; readonly fingerprint: string }[];
}): ReactNode {
  return (
    <ScrollBox label={label} count={names.length}>
      <ul className={styles['names']}>
        {names.map(({ name, fingerprint }) => (
          <li key={fingerprint}>
            <StrangerText value={name} /> <code className={styles['muted']}>{fingerprint}</code>
            <Oddities value={name} />
          </li>
        ))}
      </ul>
    </ScrollBox>
  );
}

function Oddities({ value }: { readonly value: DisplayText }): ReactNode {
  return oddities(value).map((oddity) => (
    <span key={oddity} className={styles['oddity']}>
      {`The name ${oddity}.`}
    </span>
  ));
}
