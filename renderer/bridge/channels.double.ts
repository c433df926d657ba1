/** Silence, channels and edits as the app would send them. */
import type {
  ChannelAccountView,
  ChannelPlan,
  ChannelSettingView,
  ChannelsView,
  ConfigHistoryEntry,
  OwedRestartView,
} from '../../electron/contract/channels.ts';
import type { SilenceAccountView, SilencePlan, SilenceView } from '../../electron/contract/silence.ts';
import { adminScope, plain } from './snapshots.double.ts';

/** Word for word what the gateway sends. */
export const codeAnswer = `OpenClaw: access not configured.

Your iMessage sender id: +15551230001
Pairing code:

CLRM9AU7

Ask the bot owner to approve with:

openclaw pairing approve imessage CLRM9AU7
`;

export function silenceAccount(change: Partial<SilenceAccountView> = {}): SilenceAccountView {
  return {
    account: 'default',
    accountShown: plain(change.account ?? 'default'),
    mode: 'answer',
    dmPolicy: 'pairing',
    until: null,
    former: null,
    undoConfirm: false,
    wildcard: false,
    strict: 'on',
    working: null,
    error: null,
    ...change,
  };
}

export function silenceWith(...accounts: readonly SilenceAccountView[]): SilenceView {
  return { state: 'ready', accounts: accounts.length === 0 ? [silenceAccount()] : accounts };
}

export function silencePlan(change: Partial<SilencePlan> = {}): SilencePlan {
  return {
    id: 'silence-1',
    account: 'default',
    from: 'answer',
    to: 'ignore',
    restarts: false,
    until: null,
    configPath: '/home/bob/.openclaw/openclaw.json',
    changes: [
      {
        path: 'channels.imessage.allowFrom',
        before: '["+15559990000"]',
        after: '["+15559990000","+15551230001","ann@example.com"]',
      },
      { path: 'channels.imessage.dmPolicy', before: '"pairing"', after: '"allowlist"' },
    ],
    rule: null,
    carriedOver: [
      { entry: '+15551230001', shown: plain('+1 555 123 0001') },
      { entry: 'ann@example.com', shown: plain('ann@example.com') },
    ],
    approvalsTo: null,
    warnings: [],
    applicable: true,
    confirm: false,
    ...change,
  };
}

/** Somebody carried over could approve commands. */
export function approverPlan(problem: string | null = null): SilencePlan {
  return silencePlan({ warnings: [{ kind: 'makes-approvers', problem }], applicable: false });
}

/** Switching the answer back on. */
export function answerPlan(): SilencePlan {
  return silencePlan({
    id: 'silence-2',
    from: 'ignore',
    to: 'answer',
    changes: [{ path: 'channels.imessage.dmPolicy', before: '"allowlist"', after: '"pairing"' }],
    carriedOver: [],
    warnings: [{ kind: 'answers-strangers', text: codeAnswer }],
    confirm: true,
  });
}

export function dmPolicy(change: Partial<ChannelSettingView> = {}): ChannelSettingView {
  return {
    key: 'dmPolicy',
    kind: 'choice',
    value: 'pairing',
    shown: [],
    from: 'channel',
    path: 'channels.imessage.dmPolicy',
    allowed: ['pairing', 'allowlist', 'open', 'disabled'],
    ...change,
  };
}

export function allowFrom(
  entries: readonly string[],
  change: Partial<ChannelSettingView> = {},
): ChannelSettingView {
  return {
    key: 'allowFrom',
    kind: 'list',
    value: entries,
    shown: entries.map((entry) => plain(entry)),
    from: 'channel',
    path: 'channels.imessage.allowFrom',
    allowed: null,
    ...change,
  };
}

export function channelAccount(change: Partial<ChannelAccountView> = {}): ChannelAccountView {
  return {
    channel: 'imessage',
    label: plain('iMessage'),
    account: 'default',
    accountShown: plain(change.account ?? 'default'),
    enabled: true,
    connected: true,
    settings: [
      dmPolicy(),
      dmPolicy({
        key: 'groupPolicy',
        value: 'allowlist',
        from: 'gateway',
        path: 'channels.imessage.groupPolicy',
        allowed: ['open', 'disabled', 'allowlist'],
      }),
      allowFrom(['+15559990000', 'ann@example.com']),
    ],
    strangers: 'code',
    guard: { unlisted: 'ask', allowTo: 2, pairingReply: 'send' },
    ...change,
  };
}

export function channelsView(change: Partial<ChannelsView> = {}): ChannelsView {
  return { accounts: [channelAccount()], notEditable: null, ...change };
}

export function channelPlan(change: Partial<ChannelPlan> = {}): ChannelPlan {
  return {
    id: 'channel-1',
    configPath: '/home/bob/.openclaw/openclaw.json',
    changes: [{ path: 'channels.imessage.dmPolicy', before: '"pairing"', after: '"allowlist"' }],
    warnings: [],
    restarts: false,
    confirm: false,
    ...change,
  };
}

export function configEdit(change: Partial<ConfigHistoryEntry> = {}): ConfigHistoryEntry {
  return {
    id: 'edit-1',
    // Well inside the fifth minute, whatever the machine does meanwhile.
    at: Date.now() - 5.5 * 60_000,
    reason: { kind: 'channel', channel: 'imessage', account: 'default' },
    changes: channelPlan().changes,
    confirmed: true,
    notUndoable: null,
    undone: false,
    confirm: false,
    ...change,
  };
}

export function owedRestart(change: Partial<OwedRestartView> = {}): OwedRestartView {
  return { state: 'owed', elevation: [adminScope], error: null, ...change };
}
