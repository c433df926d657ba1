/** The channels page over given channels and earlier changes. */
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type {
  ChannelAccountView,
  ChannelsView,
  ConfigHistoryEntry,
} from '../../electron/contract/channels.ts';
import { ok } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { channelPlan, channelsView } from '../bridge/channels.double.ts';
import { snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

interface Opened {
  readonly view?: ChannelsView;
  readonly history?: readonly ConfigHistoryEntry[];
  readonly snapshot?: Partial<AppSnapshot>;
}

export async function openChannels({ view = channelsView(), history = [], snapshot = {} }: Opened = {}) {
  const shown = await renderWindow(snapshotWith([], snapshot));
  shown.bridge.answer('channels.list', ok(view));
  shown.bridge.answer('channels.history', ok(history));
  shown.bridge.answer('channels.plan', ok(channelPlan()));
  await userEvent.click(screen.getByRole('button', { name: 'Channels' }));
  await screen.findByRole('heading', { level: 2, name: 'Channels' });
  const asked = (...names: readonly string[]) =>
    shown.bridge.commands.filter(({ name }) => names.includes(name));
  return {
    ...shown,
    asked,
    edits: () => asked('channels.plan').map(({ input }) => input),
  };
}

export async function editing(account: ChannelAccountView) {
  const shown = await openChannels({ view: channelsView({ accounts: [account] }) });
  await userEvent.click(await screen.findByRole('button', { name: /^Change… \(iMessage/ }));
  return shown;
}

export const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
