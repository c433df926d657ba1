/** App settings: what they change outside of the window, and how they are kept, taken along and mended. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listNotifications, pressNotificationButton, waitForNotificationGone } from '../desktop/bench.ts';
import { notificationAbout } from '../fixtures/arrivals.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { expect, test } from '../fixtures/test.ts';
import { menuWords, oneWaits, trayFace } from '../fixtures/tray.ts';
import { onBothHosts } from '../flow-hosts.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { scanForSecrets } from '../secret-scan/scan.ts';

const both = { tag: onBothHosts };
const nobodyWaits = { status: 'Active', toolTip: 'Portcullis: Nobody is waiting' };

test('notifications stay away or say less, as chosen, while window and tray go on', async ({
  app: { window },
  arrivals,
  operator,
  inspect,
  keepPicture,
}) => {
  const settings = new SettingsPage(window.page);
  const [tablet, stranger, other] = ['Unannounced tablet', '+15551260001', '+15551260002'];
  await settings.open();
  await settings.switch('Show notifications', false);
  await window.backToRequests();
  await arrivals.device(tablet, ['operator.read'], { announced: false });
  await expectSoon(trayFace).toEqual(oneWaits);
  expect(await listNotifications()).toEqual([]);

  await test.step('turned on again, whoever still waits is announced', async () => {
    await settings.open();
    await settings.switch('Show notifications', true);
    await notificationAbout(tablet);
    await pressNotificationButton('Deny', { containing: tablet });
    await window.backToRequests();
    await window.expectAnswered(tablet, 'Denied');
    await waitForNotificationGone(tablet);
  });

  await test.step('only what asks', async () => {
    await settings.open();
    await settings.choose('Notifications', 'Only what asks');
    await inspect('settings-notifications');
    await window.backToRequests();
    await arrivals.contact(stranger, { announced: false });
    const { texts, buttons } = await notificationAbout('A chat contact asks to be let in');
    expect({ texts, buttons }).toEqual({
      texts: ['A chat contact asks to be let in', 'Open Portcullis to see who.'],
      buttons: ['Open', 'Deny', 'Review…'],
    });
    await keepPicture('privacy-kind');
    await pressNotificationButton('Deny', { containing: 'A chat contact' });
    await window.expectAnswered(stranger, 'Denied');
    expect(await operator.sendersWaiting()).toEqual([]);
    await waitForNotificationGone('A chat contact');
  });

  await test.step('nothing', async () => {
    await settings.open();
    await settings.choose('Notifications', 'Nothing');
    await window.backToRequests();
    await arrivals.contact(other, { announced: false });
    expect(await notificationAbout('Portcullis needs you')).toEqual({
      texts: ['Portcullis needs you', 'Open Portcullis to see why.'],
      buttons: ['Open', 'Open Portcullis'],
    });
    await keepPicture('privacy-nothing');
    expect(JSON.stringify(await menuWords())).toContain(`${other} wants to message your assistant`);
    await window.button(other, 'Deny').click();
    await window.expectAnswered(other, 'Denied');
    await waitForNotificationGone('Portcullis needs you');
  });
});

test('quiet hours hold back what is not let through, and one notification tells of it afterwards', async ({
  app: { window },
  arrivals,
  operator,
  inspect,
  keepPicture,
}) => {
  const settings = new SettingsPage(window.page);
  const [stranger, tablet] = ['+15551260003', 'Night tablet'];
  const now = new Date();
  const minute = now.getHours() * 60 + now.getMinutes();
  await settings.open();
  await settings.setQuietHours(minute - 60, minute + 120);
  await settings
    .section('Notifications')
    .getByRole('group', { name: 'May pop up all the same' })
    .getByRole('switch', { name: 'Devices and nodes' })
    .click();
  await inspect('settings-quiet-hours');
  await window.backToRequests();

  await arrivals.contact(stranger, { announced: false });
  await expectSoon(trayFace).toEqual(oneWaits);
  // The next one is let through: once it is on the screen, the one before would be, too.
  await arrivals.device(tablet);
  expect((await listNotifications()).flatMap(({ texts }) => texts).join('\n')).not.toContain(stranger);
  await pressNotificationButton('Deny', { containing: tablet });
  await window.expectAnswered(tablet, 'Denied');
  await waitForNotificationGone(tablet);
  expect(await listNotifications()).toEqual([]);
  expect(await operator.sendersWaiting()).toEqual([stranger]);

  await settings.open();
  await settings.switch('Quiet hours', false);
  const { texts, buttons } = await notificationAbout('While it was quiet');
  expect({ texts, buttons }).toEqual({
    texts: ['While it was quiet', '1 request is waiting. Portcullis approved nothing meanwhile.'],
    buttons: ['Open', 'Open Portcullis'],
  });
  await keepPicture('quiet-hours-digest');
  await window.backToRequests();
  await window.button(stranger, 'Deny').click();
  await window.expectAnswered(stranger, 'Denied');
  await waitForNotificationGone('While it was quiet');
  await expectSoon(trayFace).toEqual(nobodyWaits);
});

test('gateways are remembered by a name and switched between, each with its own way in', async ({
  app: { window },
  arrivals,
  gateway,
  operator,
  place,
  inspect,
}) => {
  const settings = new SettingsPage(window.page);
  await settings.open();
  await settings.rememberGateway('Home');
  await settings.useRemoteGateway(gateway.url);
  await expect(window.header).not.toContainText('Connected');
  await window.page.getByRole('region', { name: 'Gateway' }).getByLabel('Gateway token').fill(gateway.token);
  await window.page.getByRole('button', { name: 'Store token' }).click();
  await window.expectConnected();
  await settings.rememberGateway('By address');
  await expect(settings.profile('By address')).toContainText(gateway.url);
  await inspect('settings-gateways');

  await settings.useProfile('Home');
  await window.expectConnected();
  await settings.useProfile('By address');
  await window.expectConnected();
  await window.backToRequests();
  const stranger = '+15551260004';
  await arrivals.contact(stranger);
  await window.button(stranger, 'Deny').click();
  await window.expectAnswered(stranger, 'Denied');
  expect(await operator.sendersWaiting()).toEqual([]);

  const stored = await readFile(path.join(place.dataDir, 'settings.json'), 'utf8');
  const remote = { mode: 'remote', url: gateway.url, tlsFingerprint: null };
  expect(JSON.parse(stored)).toMatchObject({
    gateway: remote,
    gateways: [
      { name: 'Home', gateway: { mode: 'local' } },
      { name: 'By address', gateway: remote },
    ],
  });
  const { findings } = await scanForSecrets({ secrets: [gateway.token], roots: [place.dataDir] });
  expect(findings).toEqual([]);
});

test(
  'looks, starting at login, and settings as a file; a damaged file of our own is kept aside',
  both,
  async ({ app, gateway, place, startApp, inspect }) => {
    const { window } = app;
    const { page } = window;
    const settings = new SettingsPage(page);
    const ownFile = path.join(place.dataDir, 'settings.json');
    const stored = async (): Promise<unknown> => JSON.parse(await readFile(ownFile, 'utf8'));
    await settings.open();

    await test.step('a theme of its own', async () => {
      const background = (): Promise<string> =>
        page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await background();
      await settings.choose('Appearance', 'Dark');
      expect(await stored()).toMatchObject({ theme: 'dark' });
      await expectSoon(background).not.toBe(light);
      await settings.choose('Appearance', 'Like the system');
      await expectSoon(background).toBe(light);
    });

    await test.step('starting at login', async () => {
      const entry = path.join(process.env['XDG_CONFIG_HOME'] ?? '', 'autostart/portcullis.desktop');
      const toggle = page.getByRole('switch', { name: 'Start at login' });
      await page.getByText('What this writes').click();
      const preview = await page.getByLabel('What this writes').textContent();
      expect(existsSync(entry)).toBe(false);
      await toggle.click();
      await expect(toggle).toBeChecked();
      expect(await readFile(entry, 'utf8')).toBe(preview);
      await inspect('settings-this-computer');
      await toggle.click();
      await expect(toggle).not.toBeChecked();
      expect(existsSync(entry)).toBe(false);
    });

    const exported = await test.step('saved to a file, without secrets', async () => {
      const file = await settings.saveFile();
      const text = await readFile(file.path, 'utf8');
      expect(file.name).toBe('portcullis-settings.json');
      expect(JSON.parse(text)).toMatchObject({ theme: 'system', gateway: { mode: 'local' } });
      const { findings, read } = await scanForSecrets({ secrets: [gateway.token], roots: [file.path] });
      expect({ findings, read }).toEqual({ findings: [], read: 1 });
      return JSON.parse(text) as Readonly<Record<string, unknown>>;
    });

    await test.step('loaded from a file, after a look at what changes', async () => {
      const before = await stored();
      await settings.loadFile(JSON.stringify({ ...exported, theme: 'dark', tellApprovedContacts: true }));
      await expect(settings.dialog.getByLabel('What changes')).toContainText('like the system → dark');
      await inspect('settings-load', { behindDialog: true });
      expect(await stored()).toEqual(before);
      const load = settings.dialog.getByRole('button', { name: 'Load settings' });
      await expect(load).not.toHaveAttribute('aria-disabled');
      await load.click();
      await expect(page.getByText('The settings from the file are in place.')).toBeVisible();
      await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
      expect(await stored()).toEqual({ ...exported, theme: 'dark', tellApprovedContacts: true });
    });

    await test.step('a damaged file changes nothing', async () => {
      const before = await stored();
      for (const [content, why] of [
        ['{"theme": "light", ', 'it is not JSON'],
        [JSON.stringify({ ...exported, theme: 'pink' }), 'theme: invalid_value'],
      ] as const) {
        await settings.loadFile(content);
        await expect(page.getByRole('alert').filter({ hasText: why })).toContainText('Nothing was changed.');
      }
      await expect(settings.dialog).toHaveCount(0);
      await expect(page.getByText('The settings from the file are in place.')).toHaveCount(0);
      await inspect('settings-damaged-file');
      expect(await stored()).toEqual(before);
    });

    await test.step('our own file, damaged while the app was closed', async () => {
      await app.quit();
      const damaged = '{"version": 1, "theme": "dark", ';
      await writeFile(ownFile, damaged);
      const again = (await startApp()).window;
      await again.expectConnected();
      const aside = (await readdir(place.dataDir)).filter((name) => name.includes('.corrupt-'));
      expect(aside).toHaveLength(1);
      const [name = ''] = aside;
      expect(await readFile(path.join(place.dataDir, name), 'utf8')).toBe(damaged);
      const notice = again.page.getByText('Your settings file was damaged');
      await expect(notice).toContainText(name);
      await again.expectAccessible();
      await again.page.getByRole('button', { name: 'Dismiss this notice' }).click();
      await expect(notice).toHaveCount(0);
      const mended = new SettingsPage(again.page);
      await mended.open();
      await mended.choose('Appearance', 'Dark');
      expect(await stored()).toMatchObject({ theme: 'dark' });
    });
  },
);
