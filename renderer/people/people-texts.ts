/** Sentences of the people page. */
import type {
  ApprovedVia,
  BlockedListView,
  ContactRemoval,
  PairedDeviceView,
} from '../../electron/contract/people.ts';
import { blockTexts } from '../../electron/contract/people-texts.ts';
import { ago } from '../ui/format-time.ts';

export const peopleTexts = {
  title: 'People and devices',
  intro:
    'Who may write to your assistant, and what may control your gateway. Take back what you no longer need.',
  stale: 'This may be out of date. You can change things when the connection is back.',
  devices: 'Devices and nodes',
  noDevices: 'No device matches.',
  notOffered: 'This gateway does not list its devices. Update OpenClaw.',
  limited:
    'The gateway shows only this Portcullis, because it gave Portcullis no token of its own. Seeing the others takes administrator rights for a moment.',
  unreadable: (count: number): string =>
    count === 1
      ? '1 device could not be read and is not shown.'
      : `${String(count)} devices could not be read and are not shown.`,
  contacts: 'Chat contacts',
  noContacts: 'Nobody is approved yet.',
  pairingNowhere:
    'Contacts approved by pairing are not shown: the gateway lists them nowhere, and its guard plugin is not installed.',
  pairingUnreadable:
    'Contacts approved by pairing could not be read, so they are not shown. Look again in a moment.',
  configNotRead: 'The gateway’s settings could not be read, so contacts allowed there are not shown.',
  everyone: 'Everyone may write: anybody who finds the address reaches your assistant.',
  group: 'The members of an access group',
  blockedAndAllowed: 'Blocked, and still allowed to write: taking back the approval comes on top.',
  blocked: 'Blocked people',
  noBlocked: 'Nobody is blocked.',
  blockedMeans: `Portcullis dismisses their requests without asking you, and the send guard lets nothing out to them. ${blockTexts.gateway}`,
  own: 'This Portcullis',
  admin: 'Administrator',
  powerful: 'Powerful rights',
  longUnseen: 'Not seen for 90 days',
  connected: 'Connected',
  noTokens: 'Has no token any more: it has to pair again before it can connect.',
} as const;

export const blockedUnavailable: Readonly<
  Record<Extract<BlockedListView, { state: 'unavailable' }>['reason'], string>
> = {
  'no-plugin':
    'Blocking is not available: OpenClaw has no way to block a sender. Set up the send guard; its rules keep who is blocked. Until then everybody asks you.',
  'rules-unreadable':
    'The send rules cannot be read, so nobody can be blocked or unblocked. Restore them first.',
  'not-read': 'The send rules could not be read just now. Look again.',
};

export const removalTexts: Readonly<Record<Exclude<ContactRemoval, 'possible'>, string>> = {
  'needs-plugin': 'Cannot be taken back here: OpenClaw offers no way. The send guard’s plugin adds one.',
  'in-config': 'Allowed in the gateway’s settings (allowFrom). Remove the entry there.',
};

const ways: Readonly<Record<Exclude<ApprovedVia, 'other' | 'unknown'>, string>> = {
  silent: 'By itself: it came from the gateway’s own machine with the gateway’s token',
  owner: 'By its owner',
  'trusted-network': 'By itself: it came from a trusted network',
  ssh: 'By itself: checked over SSH',
};

/** How the device got in. */
export function approvedWords({ approvedVia, approvedViaWord }: PairedDeviceView): string {
  if (approvedVia === 'unknown') return 'Not recorded';
  return approvedVia === 'other' ? (approvedViaWord?.text ?? 'Not recorded') : ways[approvedVia];
}

export function seenWords(device: PairedDeviceView, now: number): string {
  if (device.connected) return peopleTexts.connected;
  return device.lastSeenAt === null ? 'Last seen: not known' : `Last seen ${ago(device.lastSeenAt, now)}`;
}

/** "Bob’s phone, Lab node and 3 others". */
export function namesInWords(names: readonly string[]): string {
  const shown = names.slice(0, 2);
  const others = names.length - shown.length;
  return others === 0 ? shown.join(' and ') : `${shown.join(', ')} and ${String(others)} more`;
}
