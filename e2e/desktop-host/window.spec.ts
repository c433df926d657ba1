/** The desktop host's window: served by the app itself, locked down, put away and brought up again. */
import { clickTray, startPart, stopPart } from '../desktop/bench.ts';
import { startDesktopApp, standIn } from '../fixtures/desktop-app.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/test.ts';

test('the window is served at app:// and passes axe with requests and in settings', async ({
  app: { window },
  arrivals,
}) => {
  await window.expectAccessible();
  await arrivals.contact('+15551230801');
  await arrivals.device('Accessible device');
  await window.expectAccessible();
  await window.expectNoSidewaysScroll();
  await window.openSettings();
  await window.expectAccessible();
});

test('main code knows the page as app://portcullis, and the page reaches nothing but the app', async ({
  operator,
  place,
}) => {
  await operator.clear();
  const app = await startDesktopApp(place, standIn);
  try {
    await app.window.expectConnected();
    expect(await app.address()).toBe('app://portcullis/index.html');
    const seen = await app.window.page.evaluate(() => ({
      bridge: Object.keys(window.portcullis ?? {}),
      require: typeof Reflect.get(window, 'require'),
      process: typeof Reflect.get(window, 'process'),
    }));
    expect(seen).toEqual({ bridge: ['invoke', 'on'], require: 'undefined', process: 'undefined' });
  } finally {
    await app.quit();
  }
});

test('the window stays away until the icon in the tray is clicked', async ({ operator, place }) => {
  await operator.clear();
  const app = await startDesktopApp(place, standIn);
  try {
    await app.window.expectConnected();
    expect(await app.isWindowVisible()).toBe(false);
    await clickTray('portcullis');
    await expectSoon(() => app.isWindowVisible()).toBe(true);
    expect(await app.timesOpened()).toBe(1);
  } finally {
    await app.quit();
  }
});

test('on a desktop without a tray the window comes up by itself', async ({ operator, place }) => {
  await operator.clear();
  await stopPart('tray');
  try {
    const app = await startDesktopApp(place, standIn);
    await expectSoon(() => app.isWindowVisible()).toBe(true);
    await app.quit();
  } finally {
    await startPart('tray');
  }
});
