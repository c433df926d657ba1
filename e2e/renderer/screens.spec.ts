/** Every screen: no accessibility violations, no sideways scrolling, in light and dark, small and zoomed. */
import { chatRequest, plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import { screen, screens } from './screens.ts';
import { openSettings } from './settings-screens.ts';
import { expect, test } from './window-page.ts';

for (const [name, makeSnapshot] of Object.entries(screens)) {
  test(`${name} is accessible in light and dark and reflows at 320 px`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await app.open(makeSnapshot());
    await app.expectAccessible();
    await app.screenshot(`${name}-light`);

    await page.emulateMedia({ colorScheme: 'dark' });
    await app.expectAccessible();
    await app.screenshot(`${name}-dark`);

    await page.setViewportSize({ width: 320, height: 480 });
    await app.expectNoSidewaysScroll();
    await page.setViewportSize({ width: 200, height: 300 });
    await app.expectNoSidewaysScroll();
  });
}

test('settings are accessible in light and dark, local and remote', async ({ app, page }) => {
  await app.open(screen('empty'));
  await page.getByRole('button', { name: 'Settings' }).click();
  await app.expectAccessible();
  await app.screenshot('settings-light');
  await page.getByRole('radio', { name: 'Remote' }).click();
  await page.getByRole('button', { name: 'Use this gateway' }).click();
  await expect(page.getByText('Enter the address, for example')).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible();
  await app.screenshot('settings-remote-dark');
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
});

test('settings with everything open are accessible, reflow and can be read', async ({ app, page }) => {
  await app.show(openSettings());
  await page.getByText('What this writes').click();
  await app.expectAccessible();
  await app.screenshot('settings-open-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible();
  await app.screenshot('settings-open-dark');
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('settings-open-320');
  // Half the width of a popover: 200 %.
  await page.setViewportSize({ width: 200, height: 300 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('settings-open-200-percent');
});

test('the settings of a file and the clearing of requests are accessible and fit 320 px', async ({
  app,
  page,
}) => {
  await app.open(
    snapshotWith([
      chatRequest({ asks: 4, requestedAt: Date.now() - 45 * 60_000 }),
      chatRequest({ key: 'chat:c2', who: plain('sam@example.com') }),
    ]),
  );
  await page.getByRole('button', { name: 'Clear requests…' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('clear-requests-light');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await app.screenshot('request-again-light');
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('request-again-320');
  await page.setViewportSize({ width: 400, height: 600 });

  await app.answer('settings.planImport', {
    ok: true,
    value: {
      changes: [
        { label: 'Gateway', before: 'on this computer', after: 'wss://gateway.office.example:18789' },
        { label: 'Theme', before: 'like the system', after: 'dark' },
      ],
    },
  });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page
    .getByLabel('Settings file')
    .setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('settings-import-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible({ behindDialog: true });
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('settings-import-dark-320');
});

test('the elevation dialog is accessible in light and dark and fits 320 px', async ({ app, page }) => {
  await app.open(screen('device-admin'));
  await page.getByRole('button', { name: 'Approve…' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('elevation-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('elevation-dark');
  await page.setViewportSize({ width: 320, height: 400 });
  await app.expectNoSidewaysScroll();
});

test('a browser tab shows one column, also at 200 % zoom', async ({ app, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await app.open(screen('requests'));
  await app.screenshot('requests-tab');
  // Zooming to 200 % halves the CSS pixels of the same window.
  await page.setViewportSize({ width: 640, height: 400 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('requests-tab-200');
});

test('forced colours, more contrast and less motion keep the page usable', async ({ app, page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await app.open(screen('requests'));
  await app.screenshot('requests-forced-colors');
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
  await app.expectAccessible();
  await app.screenshot('requests-more-contrast');
});
