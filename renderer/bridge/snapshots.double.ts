/** Snapshots and requests as the app would send them, for component tests and driven pages. Times are relative to now. */
import { idleConfigWork } from '../../electron/contract/channels.ts';
import type { DisplayText } from '../../electron/contract/display-text.ts';
import { isOpen } from '../../electron/contract/request.ts';
import type {
  ChatRequestView,
  DeviceRequestView,
  NodeRequestView,
  RequestView,
  ScopeView,
  SendRequestView,
} from '../../electron/contract/request.ts';
import type { GuardView } from '../../electron/contract/guard/guard-view.ts';
import { unknownGuard } from '../../electron/contract/guard/guard-view.ts';
import { sendAnswers } from '../../electron/contract/guard/send-answer.ts';
import { defaultSettings } from '../../electron/contract/settings.ts';
import { unknownSilence } from '../../electron/contract/silence.ts';
import type { AppSnapshot, ConnectionView, GatewayLabel } from '../../electron/contract/snapshot.ts';

const minute = 60_000;

export const gateway: GatewayLabel = { address: '127.0.0.1:18789', remote: false, version: '2026.9.6' };

export function plain(text: string, odd: Partial<DisplayText> = {}): DisplayText {
  return { text, altered: false, truncated: false, mixedScripts: false, ...odd };
}

export const adminScope: ScopeView = {
  scope: 'operator.admin',
  words: 'Full control of the gateway and its settings',
  dangerous: true,
};
export const readScope: ScopeView = {
  scope: 'operator.read',
  words: 'See chats and status',
  dangerous: false,
};
export const writeScope: ScopeView = {
  scope: 'operator.write',
  words: 'Send messages as you',
  dangerous: false,
};

function base(key: string, who: string, now: number) {
  return {
    key,
    revision: 1,
    status: 'pending',
    who: plain(who),
    requestedAt: now - 2 * minute,
    expiresAt: null,
    armedAt: now - minute,
    elevation: [],
    fullyShown: true,
    outcome: null,
    note: null,
  } as const;
}

export function chatRequest(change: Partial<ChatRequestView> = {}): ChatRequestView {
  const now = Date.now();
  return {
    ...base('chat:c1', '+1 555 123 0001', now),
    expiresAt: now + 58 * minute,
    kind: 'chat',
    channel: 'imessage',
    channelLabel: plain('iMessage'),
    accountId: plain('default'),
    lastSeenAt: now - 2 * minute,
    asks: 1,
    notifySupported: true,
    ...change,
  };
}

export function deviceRequest(change: Partial<DeviceRequestView> = {}): DeviceRequestView {
  const now = Date.now();
  return {
    ...base('device:d1', 'Bob’s laptop', now),
    expiresAt: now + 3 * minute + 12_000,
    kind: 'device',
    fingerprint: '19d1 4f0a 77c3 7734',
    platform: plain('Windows'),
    address: plain('192.168.1.24'),
    role: plain('operator'),
    scopes: [readScope, writeScope],
    repair: false,
    ...change,
  };
}

export function nodeRequest(change: Partial<NodeRequestView> = {}): NodeRequestView {
  return {
    ...base('node:n1', 'Studio Mac mini', Date.now()),
    kind: 'node',
    fingerprint: '84a0 11be 90d2 6cbc',
    platform: plain('macOS'),
    commands: [plain('system.run'), plain('system.which')],
    capabilities: [plain('system'), plain('camera')],
    permissions: [plain('camera.capture')],
    elevation: [adminScope],
    ...change,
  };
}

/** A message from an agent's shell to an invented number, held for another 43 seconds. */
export function sendRequest(change: Partial<SendRequestView> = {}): SendRequestView {
  const now = Date.now();
  const text = change.text ?? plain('The price list is attached. Margin on the Q3 order is 41 %.');
  return {
    ...base('send:s1', '+44 7700 900123', now),
    requestedAt: now - 17_000,
    kind: 'send',
    channel: 'imessage',
    channelLabel: plain('iMessage'),
    accountId: plain('default'),
    recipients: [{ to: plain('07700 900123'), understood: plain('+44 7700 900123'), people: [] }],
    action: plain('text'),
    isText: true,
    text,
    textLength: text.text.length,
    textComplete: true,
    media: [],
    files: [],
    secrets: [],
    marks: [],
    cause: { agent: plain('main'), session: plain('agent:main:imessage:dm'), process: null },
    layer: 'gateway-plugin',
    heldUntil: now + 43_000,
    attempts: 1,
    rule: 'unlisted',
    warnings: ['first-contact'],
    surplus: null,
    answers: sendAnswers,
    ...change,
  };
}

/** The guard is in place, its rules are readable, and nothing is paused. */
export function guarded(change: Partial<GuardView> = {}): GuardView {
  return {
    ...unknownGuard,
    plugin: { state: 'present', version: '0.1.0', match: 'same', holdSeconds: 60 },
    policy: { status: 'ready', revision: 3 },
    ...change,
  };
}

export function answered(
  view: RequestView,
  change: Partial<NonNullable<RequestView['outcome']>> = {},
): RequestView {
  const outcome = { decision: 'approved', by: 'us', at: Date.now(), note: null, ...change } as const;
  return { ...view, revision: view.revision + 1, status: 'settled', outcome };
}

export function ready(): Extract<ConnectionView, { readonly state: 'ready' }> {
  return { state: 'ready', gateway, missing: [], since: Date.now() - 95 * minute, limited: false };
}

/** A connected app with these open requests and nothing unusual. */
export function snapshotWith(
  requests: readonly RequestView[],
  change: Partial<AppSnapshot> = {},
): AppSnapshot {
  return {
    seq: 1,
    now: Date.now(),
    host: { kind: 'desktop', platform: 'linux', version: '0.1.0' },
    connection: ready(),
    requests,
    openCount: requests.filter(isOpen).length,
    guard: unknownGuard,
    silence: unknownSilence,
    configWork: idleConfigWork,
    owedRestart: null,
    usedSetupCode: null,
    listsSeq: 0,
    keychain: { state: 'unlocked', sessionOnly: false },
    notifications: { capability: 'buttons' },
    settings: defaultSettings,
    notices: [],
    ...change,
  };
}
