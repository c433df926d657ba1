/** Devices and nodes ask to be let in; what needs administrator rights is confirmed by the owner first. */
import { pressNotificationButton, waitForNotificationGone } from '../desktop/bench.ts';
import { notificationAbout } from '../fixtures/arrivals.ts';
import type { Operator } from '../fixtures/operator.ts';
import { expect, test } from '../fixtures/test.ts';
import { onBothHosts } from '../flow-hosts.ts';
import type { PortcullisWindow } from '../pages/portcullis-window.ts';

const both = { tag: onBothHosts };

/** The short second connection of an elevation is a device of its own, and must be gone again. */
async function expectNothingLeftBehind(operator: Operator): Promise<void> {
  expect((await operator.pairedNames()).filter((name) => name.includes('(one-time)'))).toEqual([]);
}

async function confirmElevation(window: PortcullisWindow, who: string): Promise<void> {
  await window.approve(who);
  await expect(window.elevationDialog.getByText('Rights needed for this')).toBeVisible();
  await window.elevationDialog.getByRole('button', { name: 'Approve once' }).click();
}

test(
  'a device is approved from the notification and can connect',
  both,
  async ({ app: { window }, arrivals, operator, keepPicture }) => {
    const device = await arrivals.device('Bob’s laptop');
    expect((await notificationAbout('Bob’s laptop')).buttons).toEqual(['Open', 'Deny', 'Approve']);
    await window.expectArmed('Bob’s laptop');
    await keepPicture('device-waits');
    await pressNotificationButton('Approve', { containing: 'Bob’s laptop' });
    await window.expectAnswered('Bob’s laptop', 'Approved');
    expect(operator.decisionOn(device.requestId)).toBe('approved');
    expect(await device.isLetIn()).toBe(true);
  },
);

test('a device is rejected in the window', async ({ app: { window }, arrivals, operator }) => {
  const device = await arrivals.device('Mallory’s laptop');
  await window.button('Mallory’s laptop', 'Deny').click();
  await window.expectAnswered('Mallory’s laptop', 'Denied');
  await waitForNotificationGone('Mallory’s laptop');
  expect(operator.decisionOn(device.requestId)).toBe('rejected');
  expect((await operator.devices()).pending).toEqual([]);
});

test(
  'a node that runs commands is approved only after the owner confirmed the rights it takes',
  both,
  async ({ app: { window }, arrivals, operator, keepPicture }) => {
    const node = await arrivals.node('Garage Mac');
    expect((await notificationAbout('Garage Mac')).buttons).toEqual(['Open', 'Deny', 'Review…']);

    await window.approve('Garage Mac');
    await expect(window.elevationDialog).toBeVisible();
    await keepPicture('node-elevation');
    await window.expectAccessible({ behindDialog: true });
    await window.elevationDialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(window.elevationDialog).toHaveCount(0);
    expect((await operator.nodes()).pending.map(({ requestId }) => requestId)).toEqual([node.requestId]);

    await confirmElevation(window, 'Garage Mac');
    await window.expectAnswered('Garage Mac', 'Approved');
    expect(operator.decisionOn(node.requestId)).toBe('approved');
    expect((await operator.nodes()).pending).toEqual([]);
    await expectNothingLeftBehind(operator);
  },
);

test('a device that asks for administrator rights is approved after the same confirmation', async ({
  app: { window },
  arrivals,
  operator,
}) => {
  const device = await arrivals.device('Admin’s phone', ['operator.read', 'operator.admin']);
  expect((await notificationAbout('Admin’s phone')).buttons).toEqual(['Open', 'Deny', 'Review…']);
  await confirmElevation(window, 'Admin’s phone');
  await window.expectAnswered('Admin’s phone', 'Approved');
  expect(operator.decisionOn(device.requestId)).toBe('approved');
  expect(await device.isLetIn()).toBe(true);
  await expectNothingLeftBehind(operator);
});

test('what would need administrator rights is denied at once, without any', async ({
  app: { window },
  arrivals,
  operator,
}) => {
  const device = await arrivals.device('Greedy phone', ['operator.admin']);
  await pressNotificationButton('Deny', { containing: 'Greedy phone' });
  await window.expectAnswered('Greedy phone', 'Denied');
  expect(operator.decisionOn(device.requestId)).toBe('rejected');

  const node = await arrivals.node('Greedy node');
  await window.button('Greedy node', 'Deny').click();
  await window.expectAnswered('Greedy node', 'Denied');
  expect(operator.decisionOn(node.requestId)).toBe('rejected');
  await expectNothingLeftBehind(operator);
});
