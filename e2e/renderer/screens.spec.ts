/** Every screen: no accessibility violations, no sideways scrolling, in light and dark, small and zoomed. */
import { screen, screens } from './screens.ts';
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
