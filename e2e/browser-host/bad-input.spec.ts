/** Damaged files and hostile names: the app stays up, says what it did, and lets nobody in by accident. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { notificationAbout } from '../fixtures/arrivals.ts';
import { expect, test } from '../fixtures/test.ts';

test('a damaged settings file is kept aside, named, and settings work again', async ({
  operator,
  place,
  startApp,
}) => {
  await operator.clear();
  const damaged = '{"version": 1, "theme": "dark", ';
  await writeFile(path.join(place.dataDir, 'settings.json'), damaged);
  const { window } = await startApp();
  await window.expectConnected();
  const aside = (await readdir(place.dataDir)).filter((name) => name.includes('.corrupt-'));
  expect(aside).toHaveLength(1);
  const [name = ''] = aside;
  expect(await readFile(path.join(place.dataDir, name), 'utf8')).toBe(damaged);
  await expect(window.page.getByText('Your settings file was damaged')).toContainText(name);
  await window.page.getByRole('button', { name: 'Dismiss this notice' }).click();
  await expect(window.page.getByText('Your settings file was damaged')).toHaveCount(0);

  await window.openSettings();
  await window.page.getByRole('radio', { name: 'Dark' }).click();
  await expect(window.page.getByText('Saved', { exact: true })).toBeVisible();
  const saved = JSON.parse(await readFile(path.join(place.dataDir, 'settings.json'), 'utf8')) as object;
  expect(saved).toMatchObject({ theme: 'dark' });
});

test('a hostile name is shown for what it is and cannot be approved from its notification', async ({
  app: { window },
  arrivals,
  operator,
  keepPicture,
}) => {
  const visible = 'Zz-hostile';
  const hostile = `${visible}\u202Etnega\u200B<b>bold</b><img src=x>${'W'.repeat(10_000)}`;
  const device = await arrivals.deviceShownAs(visible, hostile);
  const notification = await notificationAbout(visible);
  expect(notification.buttons).toEqual(['Open', 'Deny', 'Review…']);
  expect(notification.texts.join('\n')).toContain('⟨U+202E⟩tnega⟨U+200B⟩<b>bold</b>');

  const card = window.card(visible);
  await expect(card.getByText('Take a close look at this name')).toBeVisible();
  await expect(card.getByText('⟨U+202E⟩')).not.toHaveCount(0);
  await expect(window.page.locator('img')).toHaveCount(0);
  await window.expectNoSidewaysScroll();
  await window.expectConnected();
  await keepPicture('hostile-name');
  await card.getByRole('button', { name: 'Deny' }).click();
  await expect.poll(() => operator.decisionOn(device.requestId)).toBe('rejected');
});
