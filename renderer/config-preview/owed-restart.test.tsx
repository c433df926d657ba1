import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { owedRestartTexts } from '../../electron/contract/config-texts.ts';
import { appError, fail, ok } from '../../electron/contract/result.ts';
import { owedRestart, silenceWith } from '../bridge/channels.double.ts';
import { adminScope, ready } from '../bridge/snapshots.double.ts';
import { openChannels } from '../channels/open-channels.double.tsx';
import { pressArmed } from '../rules/open-rules.double.tsx';
import { card, openSwitch } from '../silence/open-switch.double.tsx';

/** Buttons that are held for a moment add up on a busy machine. */
vi.setConfig({ testTimeout: 30_000 });

const remote = { ...ready(), gateway: { ...ready().gateway, remote: true } };
const button = () => screen.getByRole('button', { name: 'Restart the gateway…' });
const name = 'gateway.restart';

it('is told once on each page where settings are changed, and not where nothing is owed', async () => {
  const { update } = await openSwitch(silenceWith(), { connection: remote, owedRestart: owedRestart() });
  expect(screen.getAllByText(owedRestartTexts.says)).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Channels' }));
  await screen.findByRole('heading', { level: 2, name: 'Channels' });
  expect(screen.getAllByText(owedRestartTexts.says)).toHaveLength(1);
  update({ owedRestart: null });
  expect(screen.queryByText(owedRestartTexts.title)).toBeNull();
});

it('is asked for only after the rights were listed and confirmed', async () => {
  const { bridge, asked, update } = await openChannels({
    snapshot: { silence: silenceWith(), connection: remote, owedRestart: owedRestart() },
  });
  bridge.answer(name, fail(appError('not-connected', 'Not connected.', true)));
  await userEvent.click(button());
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(dialog.getByText(adminScope.scope)).toBeDefined();
  expect(asked(name)).toEqual([]);
  await pressArmed('Restart once');
  expect((await dialog.findByRole('alert')).textContent).toBe('Not connected.');
  bridge.answer(name, ok(null));
  await userEvent.click(dialog.getByRole('button', { name: 'Restart once' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  const input = { confirmed: true };
  expect(asked(name)).toEqual([
    { name, input },
    { name, input },
  ]);
  update({ owedRestart: owedRestart({ state: 'restarting' }) });
  expect(screen.getByText(owedRestartTexts.restarting)).toBeDefined();
  await userEvent.click(button());
  await userEvent.click(card().getByRole('button', { name: /^Change…/ }));
  expect(screen.queryByRole('alertdialog')).toBeNull();
});

it('says why it did not come', async () => {
  const error = appError('gateway-refused', owedRestartTexts.refused);
  await openSwitch(silenceWith(), { connection: remote, owedRestart: owedRestart({ error }) });
  expect(screen.getByRole('alert').textContent).toBe(owedRestartTexts.refused);
});
