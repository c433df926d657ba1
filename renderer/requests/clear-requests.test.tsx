import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { chatRequest, deviceRequest, plain, snapshotWith } from '../bridge/snapshots.double.ts';
import { renderWindow } from '../render-window.double.tsx';

const minute = 60_000;
const asked = (id: string, minutesAgo: number) =>
  chatRequest({
    key: `chat:${id}`,
    who: plain(`+1 555 ${id}`),
    requestedAt: Date.now() - (minutesAgo + 0.5) * minute,
    revision: 3,
  });
const three = () => [asked('0001', 45), asked('0002', 15), asked('0003', 1), deviceRequest()];

async function openDialog() {
  const window = await renderWindow(snapshotWith(three()));
  await userEvent.click(screen.getByRole('button', { name: 'Clear requests…' }));
  return { ...window, dialog: within(await screen.findByRole('alertdialog')) };
}

describe('clearing requests', () => {
  it('is offered when several chat contacts wait', async () => {
    const { update } = await renderWindow(snapshotWith([asked('0001', 1), deviceRequest()]));
    expect(screen.queryByRole('button', { name: 'Clear requests…' })).toBeNull();
    update({ requests: three(), openCount: 4 });
    expect(screen.getByRole('button', { name: 'Clear requests…' })).toBeTruthy();
  });

  it('denies the old ones with one click, and nobody else', async () => {
    const { bridge, update } = await renderWindow(snapshotWith([asked('0003', 1), asked('0004', 9)]));
    expect(screen.queryByRole('button', { name: /^Deny \d+ old$/ })).toBeNull();
    update({ requests: three(), openCount: 4 });
    bridge.answer('requests.clearOld', { ok: true, value: { cleared: 1, failed: 1 } });
    await userEvent.click(screen.getByRole('button', { name: 'Deny 2 old' }));
    expect(bridge.commands.filter(({ name }) => name === 'requests.clearOld')).toEqual([
      {
        name: 'requests.clearOld',
        input: {
          requests: [
            { key: 'chat:0001', revision: 3 },
            { key: 'chat:0002', revision: 3 },
          ],
        },
      },
    ]);
    expect((await screen.findByRole('alert')).textContent).toBe(
      '1 request could not be denied. It is still waiting.',
    );
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('denies exactly the ones of the chosen age, as listed', async () => {
    const { dialog, bridge } = await openDialog();
    bridge.answer('requests.clearOld', { ok: true, value: { cleared: 2, failed: 0 } });
    await userEvent.click(dialog.getByRole('radio', { name: 'Over 10 min' }));
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '+1 555 0001, iMessage, 45 min ago',
      '+1 555 0002, iMessage, 15 min ago',
    ]);
    const confirm = dialog.getByRole('button', { name: 'Deny 2 requests' });
    await waitFor(() => expect(confirm.getAttribute('aria-disabled')).toBeNull());
    await userEvent.click(confirm);
    expect(bridge.commands.at(-1)).toEqual({
      name: 'requests.clearOld',
      input: {
        requests: [
          { key: 'chat:0001', revision: 3 },
          { key: 'chat:0002', revision: 3 },
        ],
      },
    });
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('never takes in one that came, or changed, while the dialog was open', async () => {
    const { dialog, update } = await openDialog();
    const [first, second] = three();
    if (first === undefined || second === undefined) throw new Error('Two are needed.');
    update({ requests: [first, { ...second, revision: 4 }, asked('0009', 1)], openCount: 3 });
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '+1 555 0001, iMessage, 45 min ago',
    ]);
  });

  it('says how many could not be denied, and stays open', async () => {
    const { dialog, bridge } = await openDialog();
    bridge.answer('requests.clearOld', { ok: true, value: { cleared: 2, failed: 1 } });
    const confirm = dialog.getByRole('button', { name: 'Deny 3 requests' });
    await waitFor(() => expect(confirm.getAttribute('aria-disabled')).toBeNull());
    await userEvent.click(confirm);
    expect((await dialog.findByRole('alert')).textContent).toContain('1 request could not be denied');
  });
});

it('tells how often a contact asked, and that it makes no more noise', async () => {
  await renderWindow(snapshotWith([chatRequest({ asks: 4 })]));
  expect(screen.getByText(/^Asked 4 times in 24 hours\. You are notified/)).toBeTruthy();
});
