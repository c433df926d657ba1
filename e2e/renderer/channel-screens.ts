/** The channels page, in each of its states. */
import type {
  ChannelsView,
  ConfigHistoryEntry,
  ConfigWorkView,
  OwedRestartView,
} from '../../electron/contract/channels.ts';
import { idleConfigWork } from '../../electron/contract/channels.ts';
import { owedRestartTexts } from '../../electron/contract/config-texts.ts';
import { appError, ok } from '../../electron/contract/result.ts';
import {
  allowFrom,
  channelAccount,
  channelsView,
  configEdit,
  dmPolicy,
  owedRestart,
  silenceAccount,
  silenceWith,
} from '../../renderer/bridge/channels.double.ts';
import { plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import type { PageScreen, PageScreens } from './page-screen.ts';

const reason = { kind: 'channel', channel: 'imessage', account: 'default' } as const;

interface ChannelsShown {
  readonly view?: ChannelsView;
  readonly history?: readonly ConfigHistoryEntry[];
  readonly configWork?: ConfigWorkView;
  readonly owed?: OwedRestartView;
}

/** One account and nothing going on, unless told otherwise. */
export function channelsScreen(shown: ChannelsShown = {}): PageScreen {
  const { view = channelsView(), history = [], configWork = idleConfigWork, owed = null } = shown;
  const silence = silenceWith(silenceAccount({ former: 'ignore' }));
  return {
    snapshot: snapshotWith([], { silence, configWork, owedRestart: owed }),
    section: 'Channels',
    answers: { 'channels.list': ok(view), 'channels.history': ok(history) },
  };
}

/** More than fit on any window. */
export const manyPeople = Array.from(
  { length: 60 },
  (_, index) => `+1555123${String(index).padStart(4, '0')}`,
);

const several = (): ChannelsView =>
  channelsView({
    accounts: [
      channelAccount(),
      channelAccount({
        account: 'work',
        connected: false,
        strangers: 'nothing',
        settings: [dmPolicy({ value: 'allowlist', from: 'account' }), allowFrom(manyPeople)],
        guard: null,
      }),
      channelAccount({
        channel: 'slack',
        label: plain('Slack'),
        account: 'team',
        enabled: false,
        strangers: null,
        settings: [
          dmPolicy({ value: null, from: 'gateway' }),
          allowFrom([`⟨U+202E⟩${'long'.repeat(40)}`], {
            shown: [plain(`⟨U+202E⟩${'long'.repeat(40)}`, { altered: true })],
          }),
        ],
        guard: { unlisted: null, allowTo: 0, pairingReply: 'send' },
      }),
    ],
  });

const edits = (): readonly ConfigHistoryEntry[] => [
  configEdit({ id: 'e3', reason: { kind: 'undo', of: 'e2' }, confirmed: false }),
  configEdit({ id: 'e2', reason: { kind: 'silence', account: 'default' }, undone: true }),
  configEdit({ id: 'e1', notUndoable: 'The gateway’s config was changed by somebody else since.' }),
];

export const channelScreens: PageScreens = {
  channels: () => channelsScreen({ view: several(), history: edits() }),
  'channels-none': () => channelsScreen({ view: channelsView({ accounts: [] }) }),
  'channels-not-editable': () =>
    channelsScreen({
      view: channelsView({
        notEditable: appError(
          'config-not-editable',
          'The config takes channels from another file with $include. Change line 12 of imessage.json5 by hand.',
        ),
      }),
    }),
  'channels-working': () =>
    channelsScreen({
      view: channelsView(),
      configWork: { state: 'working', reason, progress: { step: 'gateway', write: 1, writes: 2 } },
    }),
  'channels-done': () =>
    channelsScreen({
      view: channelsView(),
      history: [configEdit()],
      configWork: { state: 'done', reason, at: Date.now() - 60_000 },
    }),
  'channels-restart-owed': () =>
    channelsScreen({
      view: channelsView(),
      owed: owedRestart({ error: appError('gateway-refused', owedRestartTexts.refused) }),
    }),
  'channels-failed': () =>
    channelsScreen({
      view: channelsView(),
      configWork: {
        state: 'failed',
        reason,
        error: appError('config-changed', 'The config was edited by somebody else meanwhile. Look again.'),
        written: true,
        at: Date.now() - 60_000,
      },
    }),
};
