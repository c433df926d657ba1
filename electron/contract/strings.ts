/**
 * The one catalogue of sentences the tray, the notifications and the window share. A sentence says what happened,
 * what it means and what to do; nothing here holds text that came from outside.
 */
import type { OutcomeTexts, RequestKind, RequestOutcome, RequestStatus } from './request.ts';
import type { BlockedReason, ConnectionView, Feature, KeychainState, WaitReason } from './snapshot.ts';

export interface Explanation {
  readonly title: string;
  readonly meaning: string;
  readonly action: string;
}

export const appName = 'Portcullis';

export const waitTexts: Readonly<Record<WaitReason, Explanation>> = {
  'not-found': {
    title: 'No OpenClaw gateway here',
    meaning: 'OpenClaw is not installed on this computer, or keeps its settings somewhere else.',
    action: 'Install OpenClaw, enter a remote gateway in Settings, or try the demo: npm start -- --demo',
  },
  'not-running': {
    title: 'The gateway is not running',
    meaning: 'OpenClaw is installed, but nothing answers. Nobody can be let in until it runs.',
    action: 'Start it with: openclaw gateway run. Portcullis connects by itself.',
  },
  starting: {
    title: 'The gateway is starting',
    meaning: 'It asked for a moment.',
    action: 'Nothing to do. Portcullis connects by itself.',
  },
  'connection-lost': {
    title: 'Connection lost',
    meaning: 'New requests wait at the gateway; nothing is approved meanwhile.',
    action: 'Nothing to do. Portcullis reconnects by itself.',
  },
  'no-answer': {
    title: 'The gateway does not answer',
    meaning: 'It accepted the connection and then said nothing.',
    action: 'If this lasts, restart the gateway: openclaw gateway restart',
  },
  'keychain-locked': {
    title: 'The keychain is locked',
    meaning: 'The key to your gateway is kept in it.',
    action: 'Unlock the keychain, or continue for this session only.',
  },
  'keychain-hung': {
    title: 'The keychain does not answer',
    meaning: 'The key to your gateway is kept in it.',
    action: 'Answer any keychain prompt on screen, or continue for this session only.',
  },
  suspended: {
    title: 'Asleep',
    meaning: 'The computer was suspended.',
    action: 'Nothing to do. Portcullis reconnects by itself.',
  },
};

export const blockedTexts: Readonly<Record<BlockedReason, Explanation>> = {
  'token-needed': {
    title: 'The gateway wants a token',
    meaning: 'Portcullis has no key to this gateway yet.',
    action: 'Enter the gateway token. It goes to your keychain and nowhere else.',
  },
  'token-wrong': {
    title: 'The token was not accepted',
    meaning: 'The gateway token has changed, or was mistyped.',
    action: 'Enter the current gateway token.',
  },
  'pairing-needed': {
    title: 'Pair this computer first',
    meaning: 'The gateway does not know this computer yet.',
    action:
      'On the gateway, run: openclaw devices list. Then: openclaw devices approve <request id>. Then try again.',
  },
  'protocol-too-old': {
    title: 'The gateway is too old',
    meaning: 'It speaks an older protocol than this version of Portcullis.',
    action: 'Update OpenClaw, then try again.',
  },
  'protocol-too-new': {
    title: 'Portcullis is too old',
    meaning: 'The gateway speaks a newer protocol.',
    action: 'Update Portcullis, then try again.',
  },
  'scopes-missing': {
    title: 'Not enough rights',
    meaning: 'The gateway let Portcullis in, but not to see or answer requests.',
    action: 'On the gateway, approve this device again with pairing rights, then try again.',
  },
  'tls-changed': {
    title: 'The gateway’s certificate changed',
    meaning: 'This can be a renewal, or someone in between. Portcullis did not connect.',
    action: 'Compare the fingerprint with the gateway’s. Only if they match, save it in Settings.',
  },
  'rate-limited': {
    title: 'The gateway has locked us out for a while',
    meaning: 'Too many failed attempts came from this address.',
    action: 'Wait a few minutes, then try again.',
  },
  refused: {
    title: 'The gateway refused the connection',
    meaning: 'It gave a reason Portcullis does not know.',
    action: 'See the detail below, then try again.',
  },
};

type QuietState = Exclude<ConnectionView['state'], 'waiting' | 'blocked'>;

export const connectionTexts: Readonly<Record<QuietState, Explanation>> = {
  stopped: { title: 'Not connected', meaning: 'Portcullis is not looking for requests.', action: '' },
  connecting: { title: 'Connecting…', meaning: 'Looking for the gateway.', action: '' },
  syncing: { title: 'Reading requests…', meaning: 'Connected; reading who is waiting.', action: '' },
  ready: { title: 'Connected', meaning: 'Requests appear here as they arrive.', action: '' },
};

/** One explanation for every state a connection can be in. */
export function explainConnection(connection: ConnectionView): Explanation {
  switch (connection.state) {
    case 'waiting':
      return waitTexts[connection.reason];
    case 'blocked':
      return blockedTexts[connection.reason];
    case 'stopped':
    case 'connecting':
    case 'syncing':
    case 'ready':
      return connectionTexts[connection.state];
  }
}

export const keychainTexts: Readonly<Record<KeychainState, Explanation>> = {
  unknown: { title: 'Keychain not checked yet', meaning: '', action: '' },
  unlocked: { title: 'Keychain in use', meaning: 'Keys are kept in your keychain.', action: '' },
  locked: {
    title: 'The keychain is locked',
    meaning: 'Portcullis cannot read the key to your gateway.',
    action: 'Unlock the keychain, or continue for this session only.',
  },
  absent: {
    title: 'There is no keychain',
    meaning: 'Keys can only be kept in memory and are gone when Portcullis quits.',
    action: 'Set up a keychain, or continue for this session only.',
  },
  hung: {
    title: 'The keychain does not answer',
    meaning: 'Portcullis cannot read the key to your gateway.',
    action: 'Answer any keychain prompt on screen, or continue for this session only.',
  },
};

export const featureTexts: Readonly<Record<Feature, string>> = {
  'chat-pairing': 'This gateway is too old to answer chat contacts here. Update OpenClaw to 2026.7 or later.',
  'device-pairing': 'This gateway does not offer answering devices here.',
  'node-pairing': 'This gateway does not offer answering nodes here.',
};

/** Connected, but not shown everyone who waits. */
export const limitedText: Explanation = {
  title: 'Nobody is waiting that Portcullis can see',
  meaning:
    'Devices and nodes that asked before Portcullis connected are not shown: this gateway gives Portcullis no token of its own.',
  action:
    'To see them, run on the gateway: openclaw devices list, and openclaw nodes pending. Whoever asks from now on appears here.',
};

/** What asks, after the name: "<name> wants to message your assistant". */
export const askTexts: Readonly<Record<RequestKind, string>> = {
  chat: 'wants to message your assistant',
  device: 'wants to control your gateway',
  node: 'offers commands to your assistant',
  send: 'was to get a message',
};

/** Labels of facts in places without layout (notifications, tray). */
export const describeTexts = {
  account: (account: string): string => `account ${account}`,
  key: (fingerprint: string): string => `key ${fingerprint}`,
  role: (role: string): string => `Role: ${role}`,
  repair: 'Was paired before and asks again',
  rights: 'Rights',
  commands: 'Commands',
  capabilities: 'Can',
  permissions: 'Allowed on that machine',
  more: (count: number): string => `and ${String(count)} more`,
} as const;

/** What approving does, said before the owner does it. */
export const approveMeans: Readonly<Record<RequestKind, string>> = {
  chat: 'Approve lets them talk to your assistant.',
  device: 'Approve lets this device use your gateway with the rights listed.',
  node: 'Approve lets your assistant run these commands on that machine.',
  send: 'Send once lets exactly this message out to exactly this recipient.',
};

export const kindTexts: Readonly<Record<RequestKind, { readonly one: string; readonly nameless: string }>> = {
  chat: { one: 'chat contact', nameless: 'Unnamed contact' },
  device: { one: 'device', nameless: 'Unnamed device' },
  node: { one: 'node', nameless: 'Unnamed node' },
  send: { one: 'message', nameless: 'Nobody named' },
};

export const buttonTexts = {
  approve: 'Approve',
  deny: 'Deny',
  review: 'Review…',
  open: 'Open',
  openApp: 'Open Portcullis',
  quit: 'Quit Portcullis',
} as const;

export const statusTexts: Readonly<Record<RequestStatus, string>> = {
  pending: 'Waiting for you',
  submitting: 'Waiting for the gateway…',
  settled: 'Answered',
  expired: 'Expired',
  lost: 'The connection was lost before the gateway answered. Checking…',
};

/** `withdrawn` by `us`: it left the queue while our own answer was on its way; see the outcome's note. */
const outcomeTexts: OutcomeTexts = {
  approved: { us: 'Approved', elsewhere: 'Approved elsewhere' },
  denied: { us: 'Denied', elsewhere: 'Denied elsewhere' },
  withdrawn: { us: 'Answered', elsewhere: 'No longer waiting' },
};

export function outcomeText(outcome: Pick<RequestOutcome, 'decision' | 'by'>): string {
  return outcomeTexts[outcome.decision][outcome.by];
}

/** Remarks on one request. */
export const noteTexts = {
  notConfirmed: 'The gateway has not confirmed your answer yet. You can answer again.',
  connectionLost:
    'The connection was lost before the gateway answered. Nothing was decided; please answer again.',
  answerUnknown:
    'It left the queue while your answer was on its way; the gateway did not say which answer counted.',
  refused: 'The gateway refused this answer. The request is still waiting.',
  contactNotTold: 'Approved, but the contact could not be told.',
} as const;

/** Errors of answering a request; the code travels beside the sentence. */
export const answerErrorTexts = {
  notConnected: 'Not connected to the gateway. Nothing was sent; try again when connected.',
  gone: 'This request is no longer waiting.',
  changed: 'This request changed since it was shown. Look again, then answer.',
  notArmed: 'That was very quick. Look at the request, then press Approve again.',
  screenLocked: 'The screen is locked. Unlock it, then approve.',
  connectionLost: 'The connection was lost before the gateway answered. Portcullis checks what happened.',
  submitting: 'An answer to this request is already on its way.',
  elevationNeeded: 'Approving this needs more rights. Open the request to see which.',
} as const;

function waitingText(count: number): string {
  return count === 1 ? '1 request is waiting' : `${String(count)} requests are waiting`;
}

/** The notification that stands for many. */
export const notificationTexts = {
  groupTitle: waitingText,
  groupBody: 'Open Portcullis to look at each of them.',
} as const;

/** Tray and tooltip lines. */
export const trayTexts = {
  nobody: 'Nobody is waiting',
  waiting: waitingText,
  notLive: 'Not connected: answers are not possible now',
  more: (count: number): string => `${String(count)} more in Portcullis`,
} as const;

export const noticeTexts = {
  configRecordKeptAside: (path: string): string =>
    `The file that remembers changes of the gateway’s settings was damaged and was kept aside as ${path}. Earlier changes cannot be undone from here.`,
  settingsKeptAside: (path: string): string =>
    `Your settings file was damaged and could not be read. It was kept aside as ${path}; Portcullis uses its defaults.`,
} as const;
