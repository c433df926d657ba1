import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ok } from '../../electron/contract/result.ts';
import { configEdit, silencePlan, silenceWith } from '../bridge/channels.double.ts';
import { gateway, ready } from '../bridge/snapshots.double.ts';
import { openChannels } from '../channels/open-channels.double.tsx';
import { pressArmed } from '../rules/open-rules.double.tsx';
import { choose, openSwitch } from '../silence/open-switch.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

const connection = { ...ready(), gateway: { ...gateway, remote: true } };
const dialog = () => within(screen.getByRole('alertdialog'));

it.each([
  [true, /^The gateway restarts$/],
  [false, /^The channel restarts and is away for a few seconds\.$/],
])('a preview of the switch says what is interrupted; the gateway: %s', async (restarts, words) => {
  const { bridge } = await openSwitch(silenceWith());
  bridge.answer('silence.plan', ok(silencePlan({ restarts })));
  await choose('Silent, ignore');
  await pressArmed('Preview…');
  expect(await dialog().findByText(words)).toBeDefined();
});

it('taking a change back on another machine says that the gateway restarts', async () => {
  await openChannels({ history: [configEdit()], snapshot: { connection } });
  await userEvent.click(await screen.findByRole('button', { name: /^Undo… \(/ }));
  expect(dialog().getByText('The gateway restarts')).toBeDefined();
});
