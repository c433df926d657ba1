/** Who is in already: looked through, renamed and taken back in the window, and true at the gateway at once. */
import { rm } from 'node:fs/promises';
import {
  deviceAsksToPair,
  deviceTokenOpens,
  nodeConnects,
  strangerWrites,
} from '../../build/demo/visitors.ts';
import type { AskingDevice, ConnectedNode } from '../../build/demo/visitors.ts';
import type { ThrowawayGateway } from '../../build/demo/throwaway-gateway.ts';
import { listNotifications } from '../desktop/bench.ts';
import { Arrivals } from '../fixtures/arrivals.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test as base } from '../fixtures/guarded.ts';
import { keptDeviceToken, keptIdentity } from '../fixtures/keychain-items.ts';
import { wasLastSeenDaysAgo } from '../fixtures/long-ago.ts';
import { oneWaits, trayFace } from '../fixtures/tray.ts';
import { PeoplePage } from '../pages/people-page.ts';

interface Residents {
  readonly phone: AskingDevice;
  /** Everything it may do. */
  readonly laptop: AskingDevice;
  /** Not seen for long, as is the next. */
  readonly tablet: AskingDevice;
  readonly watch: AskingDevice;
  readonly node: ConnectedNode;
}

const test = base.extend<{ readonly residents: Residents }>({
  /** Let in by somebody else before the app starts. */
  residents: async ({ gateway, operator }, use) => {
    await operator.removeAllBut();
    const paired = async (name: string, scopes: readonly string[]): Promise<AskingDevice> => {
      const device = await deviceAsksToPair(gateway, { name, scopes });
      await operator.answerDevice(device.requestId, 'approve');
      expect(await device.isLetIn()).toBe(true);
      return device;
    };
    const phone = await paired('Bob’s phone', ['operator.read', 'operator.write']);
    const laptop = await paired('Admin laptop', ['operator.admin']);
    const tablet = await paired('Old tablet', ['operator.read']);
    const watch = await paired('Lost watch', ['operator.read']);
    wasLastSeenDaysAgo(gateway, tablet.deviceId, 91);
    wasLastSeenDaysAgo(gateway, watch.deviceId, 200);
    const node = await nodeConnects(gateway, { name: 'Garage Mac', commands: ['system.run'] });
    await operator.approveNode(node.nodeId);
    await use({ phone, laptop, tablet, watch, node });
    await node.disconnect();
    await operator.removeAllBut();
  },
});

/** Pairing codes that reached this number. */
async function codesSentTo(gateway: ThrowawayGateway, sender: string): Promise<number> {
  const sent = await gateway.imsg.sent();
  return sent.filter(
    (message) => gateway.imsg.isFor(sender, message) && message.text.includes('Pairing code'),
  ).length;
}

test('devices and nodes are listed, renamed, told apart, and taken back', async ({
  residents: { phone, laptop, tablet, watch, node },
  app: { window },
  operator,
  inspect,
}) => {
  const people = new PeoplePage(window.page);
  await people.open();

  await test.step('who they are', async () => {
    await expect(people.device('Bob’s phone')).toContainText('Device · Linux · Last seen');
    await expect(people.device('Garage Mac')).toContainText('Node · Linux · Connected');
    await expect(people.device('Admin laptop')).toContainText('Administrator');
    await expect(people.device('Bob’s phone')).not.toContainText('Administrator');
    await people.openDetails(people.device('Bob’s phone'));
    await expect(people.device('Bob’s phone')).toContainText('By its owner, just now');
    await expect(people.device('Bob’s phone')).toContainText('Read');
    await people.openDetails(people.device('Garage Mac'));
    await expect(people.device('Garage Mac')).toContainText('system.run');
    await expect(people.device('Garage Mac')).toContainText('By itself');
    await inspect('people-devices');
  });

  await test.step('Portcullis itself cannot be cut off', async () => {
    await people.openDetails(people.own);
    await expect(people.own).toContainText('Portcullis does not remove itself.');
    await expect(people.own.getByRole('checkbox')).toHaveCount(0);
    const offered = await people.own.getByRole('button').allTextContents();
    expect(offered).toEqual(['Close', 'Rename', 'Replace its token…']);
  });

  await test.step('another name', async () => {
    await people.rename('Bob’s phone', 'Kitchen phone');
    await people.rename('Garage Mac', 'Workshop Mac');
    const { paired } = await operator.devices();
    expect(paired.find(({ deviceId }) => deviceId === phone.deviceId)?.operatorLabel).toBe('Kitchen phone');
    expect((await operator.nodes()).paired).toMatchObject([{ displayName: 'Workshop Mac' }]);
  });

  await test.step('a token with administrator rights is revoked after those rights were confirmed', async () => {
    await people.filter('Admins');
    await people.openDetails(people.device('Admin laptop'));
    await people.device('Admin laptop').getByRole('button', { name: 'Revoke token…' }).click();
    await expect(people.dialog.getByText('Rights needed for this')).toBeVisible();
    await inspect('people-revoke', { behindDialog: true });
    await people.confirm('Revoke');
    await people.filter('All');
    await expect(people.device('Admin laptop')).toContainText('Has no token any more');
    expect(await laptop.isLetIn()).toBe(false);
    expect((await operator.pairedNames()).filter((name) => name.includes('(one-time)'))).toEqual([]);
  });

  await test.step('long unseen ones, several at once', async () => {
    await people.filter('Not seen for 90 days');
    await expect(people.device('Kitchen phone')).toHaveCount(0);
    await people.select('Old tablet', 'Lost watch');
    await inspect('people-unseen');
    await people.section('Devices and nodes').getByRole('button', { name: 'Remove 2 selected…' }).click();
    await expect(people.dialog).toContainText('Remove 2 devices?');
    for (const name of ['Old tablet', 'Lost watch']) await expect(people.dialog).toContainText(name);
    await inspect('people-remove-several', { behindDialog: true });
    await people.confirm('Remove 2');
    await expect(people.section('Devices and nodes')).toContainText('No device matches.');
    const left = await operator.pairedIds();
    expect(left).toEqual(expect.arrayContaining([phone.deviceId, laptop.deviceId, node.nodeId]));
    expect(left.filter((id) => id === tablet.deviceId || id === watch.deviceId)).toEqual([]);
  });

  await test.step('one at a time: a node is cut off at once, a device has to ask again', async () => {
    await people.filter('All');
    await people.openDetails(people.device('Workshop Mac'));
    await people.device('Workshop Mac').getByRole('button', { name: 'Remove…' }).click();
    await people.confirm('Remove');
    await node.closed;
    await expect(people.device('Workshop Mac')).toHaveCount(0);
    await people.openDetails(people.device('Kitchen phone'));
    await people.device('Kitchen phone').getByRole('button', { name: 'Remove…' }).click();
    await people.confirm('Remove');
    await expect(people.device('Kitchen phone')).toHaveCount(0);
    expect(await phone.isLetIn()).toBe(false);
    await window.backToRequests();
    for (const name of ['Admin laptop', 'Bob’s phone']) {
      await window.button(name, 'Deny').click();
      await window.expectAnswered(name, 'Denied');
    }
  });
});

test('its own token is replaced: Portcullis stays connected, and the old one opens nothing', async ({
  app: { window },
  gateway,
}) => {
  const people = new PeoplePage(window.page);
  await people.open();
  const identity = await keptIdentity(gateway);
  const before = await keptDeviceToken(gateway);
  expect(await deviceTokenOpens(gateway, identity, before)).toBe(true);
  await people.openDetails(people.own);
  await people.own.getByRole('button', { name: 'Replace its token…' }).click();
  await expect(people.dialog).toContainText('The connection is gone for a moment.');
  await people.confirm('Replace');
  await expect(window.page.getByText('Portcullis has a new token.')).toBeAttached();
  await window.expectConnected();
  const after = await keptDeviceToken(gateway);
  expect(after).not.toBe(before);
  expect(await deviceTokenOpens(gateway, identity, before)).toBe(false);
  expect(await deviceTokenOpens(gateway, identity, after)).toBe(true);
  await window.expectConnected();
  await expect(people.own).toContainText('Connected');
});

test('a contact approved by pairing is listed, and asks again once that is taken back', async ({
  app: { window },
  arrivals,
  inspect,
  operator,
}) => {
  const stranger = '+15551270001';
  const people = new PeoplePage(window.page);
  await arrivals.contact(stranger);
  await window.approve(stranger);
  await window.expectAnswered(stranger, 'Approved');
  await people.open();
  await expect(people.section('Chat contacts').getByRole('heading', { level: 4 })).toHaveText(['iMessage']);
  await expect(people.contact(stranger)).toContainText('Approved by pairing');
  await people.contact(stranger).getByRole('button', { name: 'Take back…' }).click();
  await expect(people.dialog).toContainText(stranger);
  await inspect('people-take-back', { behindDialog: true });
  await people.confirm('Take back');
  await expect(people.contact(stranger)).toHaveCount(0);
  await window.backToRequests();
  // Notified of once a day.
  await arrivals.contact(stranger, { announced: false });
  await window.button(stranger, 'Deny').click();
  await window.expectAnswered(stranger, 'Denied');
  expect(await operator.sendersWaiting()).toEqual([]);
});

test('a blocked sender is dismissed unheard, also by a Portcullis that never met them, until unblocked', async ({
  app,
  arrivals,
  gateway,
  operator,
  place,
  startApp,
  inspect,
}) => {
  const { window } = app;
  const [mallory, friend] = ['+15551270002', '+15551270003'];
  await arrivals.contact(mallory);
  await window.expectArmed(mallory);
  await window.button(mallory, 'Block…').click();
  const people = new PeoplePage(window.page);
  await expect(people.dialog).toContainText('this request is denied, and you are not asked about them again');
  await inspect('block', { behindDialog: true });
  await people.confirm('Block');
  await window.expectAnswered(mallory, 'Denied');
  expect(await operator.sendersWaiting()).toEqual([]);
  await people.open();
  await expect(people.blocked(mallory)).toContainText('Blocked when they asked to be let in');
  await expect(people.section('Blocked people')).toContainText('The gateway itself knows no block');
  await inspect('people-blocked');
  await app.quit();

  // Nothing of the app's own remembers them: the rules at the gateway do.
  await rm(place.dataDir, { recursive: true });
  const codes = await codesSentTo(gateway, mallory);
  const again = (await startApp()).window;
  await again.expectConnected();
  await strangerWrites(gateway, mallory, 'Let me in!');
  // As the label says, the gateway answers all the same.
  await expectSoon(() => codesSentTo(gateway, mallory)).toBe(codes + 1);
  const later = new Arrivals(gateway, operator, again);
  await later.contact(friend);
  // By now the app knows of everything before.
  await expectSoon(() => operator.sendersWaiting()).toEqual([friend]);
  await expectSoon(trayFace).toEqual(oneWaits);
  await expect(again.card(mallory)).toHaveCount(0);
  expect((await listNotifications()).flatMap(({ texts }) => texts).join('\n')).not.toContain(mallory);
  await again.button(friend, 'Deny').click();
  await again.expectAnswered(friend, 'Denied');

  const list = new PeoplePage(again.page);
  await list.open();
  await list.blocked(mallory).getByRole('button', { name: 'Unblock' }).click();
  await expect(list.section('Blocked people')).toContainText('Nobody is blocked.');
  await again.backToRequests();
  await later.contact(mallory);
  await again.button(mallory, 'Deny').click();
  await again.expectAnswered(mallory, 'Denied');
});
