/** The browser host's window: a tab in the owner's browser, opened anew whenever the owner asks for it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { deviceAsksToPair } from '../../build/demo/visitors.ts';
import {
  clickTray,
  pressNotificationButton,
  waitForNotification,
  waitForNotificationGone,
} from '../desktop/bench.ts';
import { notificationAbout } from '../fixtures/arrivals.ts';
import { addressesOpened, openAddress } from '../fixtures/browser-app.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/test.ts';
import { PortcullisWindow } from '../pages/portcullis-window.ts';
import { knock, startNeighbour } from './neighbour.ts';

test('Open in the notification opens a tab at that request, with its name focused and no button', async ({
  app,
  arrivals,
  place,
  context,
}) => {
  await arrivals.device('First device');
  await arrivals.device('Second device');
  await pressNotificationButton('Open', { containing: 'Second device' });
  await expectSoon(() => app.timesOpened()).toBe(1);
  const second = await context.newPage();
  const [, address = ''] = await addressesOpened(place);
  await openAddress(second, address);
  const card = new PortcullisWindow(second).card('Second device');
  await expect(card.getByRole('heading', { name: 'Second device' })).toBeFocused();
});

test('an address lets one tab in, once', async ({ app, place, context, browser }) => {
  await clickTray('portcullis');
  await expectSoon(() => app.timesOpened()).toBe(1);
  const [, file = ''] = await addressesOpened(place);
  const [invitation = ''] = /http:[^"]+#open=[\w-]+/.exec(await readFile(file, 'utf8')) ?? [];
  await openAddress(await context.newPage(), file);

  const stranger = await browser.newPage();
  await stranger.goto(invitation);
  await expect(stranger.getByRole('heading', { name: 'This tab is not signed in' })).toBeVisible();
  await stranger.close();
  await expectSoon(() => existsSync(file)).toBe(false);
});

test('the way in belongs to the tab: a reload keeps it, another tab or another port has nothing of it', async ({
  app,
  context,
}) => {
  const { page } = app.window;
  const { origin } = new URL(page.url());
  await page.reload();
  await app.window.expectConnected();

  const other = await context.newPage();
  await other.goto(origin);
  await expect(other.getByRole('heading', { name: 'This tab is not signed in' })).toBeVisible();

  const neighbour = await startNeighbour();
  await other.goto(neighbour.origin);
  await expect.poll(() => neighbour.cookies.length).toBeGreaterThanOrEqual(2);
  for (const cookie of neighbour.cookies) expect(await knock(origin, cookie)).toEqual([]);
  await neighbour.stop();
});

test('more than three at once become one notification that only opens', async ({
  app,
  arrivals,
  gateway,
  operator,
  keepPicture,
}) => {
  for (const name of ['Device one', 'Device two', 'Device three']) await arrivals.device(name);
  await deviceAsksToPair(gateway, { name: 'Device four', scopes: ['operator.read'] });
  const shown = await waitForNotification('4 requests are waiting');
  expect(shown).toHaveLength(1);
  expect((await notificationAbout('4 requests are waiting')).buttons).toEqual(['Open', 'Open Portcullis']);
  await keepPicture('four-at-once');
  await pressNotificationButton('Open Portcullis');
  await expectSoon(() => app.timesOpened()).toBe(1);
  await waitForNotificationGone('4 requests are waiting');
  expect((await operator.devices()).pending).toHaveLength(4);
});

test('the page passes axe with requests, in settings and with nobody waiting', async ({ app, arrivals }) => {
  await app.window.expectAccessible();
  await arrivals.contact('+15551230601');
  await arrivals.device('Accessible device');
  await app.window.expectAccessible();
  await app.window.expectNoSidewaysScroll();
  await app.window.openSettings();
  await app.window.expectAccessible();
});
