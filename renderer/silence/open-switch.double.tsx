/** The requests page with the switch on it, over given accounts. */
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { SilenceView } from '../../electron/contract/silence.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

export async function openSwitch(silence: SilenceView, change: Partial<AppSnapshot> = {}) {
  const shown = await renderWindow(snapshotWith([], { silence, ...change }));
  return {
    ...shown,
    asked: () => shown.bridge.commands.filter(({ name }) => name.startsWith('silence.')),
  };
}

export function card() {
  return within(screen.getByRole('region', { name: 'Strangers on iMessage' }));
}

export async function choose(option: string): Promise<void> {
  await userEvent.click(card().getByRole('button', { name: /^Change…/ }));
  await userEvent.click(await screen.findByRole('radio', { name: option }));
}
