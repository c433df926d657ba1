/** The gallery that developers look at: every screen is in it, under the app's policy, in the look that was picked. */
import { expect as atOnce, test } from '@playwright/test';
import { startGallery, type Gallery } from '../../build/dev/gallery.ts';
import { complaintsOf } from '../pages/portcullis-window.ts';
import { everyScreen } from './every-screen.ts';
import { screensDir } from './places.ts';

/** Nothing is bundled here: each page is a few hundred requests, and the first one prepares the packages. */
const expect = atOnce.configure({ timeout: 30_000 });
test.setTimeout(120_000);
// Motion is what is picked here; elsewhere it is reduced.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

let gallery: Gallery;

test.beforeAll(async () => {
  gallery = await startGallery(0);
});
test.afterAll(async () => {
  await gallery.close();
});

const names = Object.values(everyScreen).flatMap((group) => Object.keys(group));

test('every screen can be picked, in every look, and none breaks the policy', async ({ page }) => {
  const complaints = complaintsOf(page);
  await page.setViewportSize({ width: 1200, height: 850 });
  await page.goto(gallery.origin);
  const picker = page.getByRole('navigation', { name: 'Screens' });
  await expect(picker.getByRole('link')).toHaveText(names);
  const window = page.frameLocator('#window');
  const approve = window.getByRole('button', { name: 'Approve' }).first();
  await expect(approve).toBeVisible();

  for (const theme of ['light', 'dark']) {
    await page.getByLabel('Theme').selectOption(theme);
    await expect(window.locator(`html[data-theme="${theme}"]`)).toBeAttached();
    await page.screenshot({ path: `${screensDir}/gallery-${theme}.png` });
  }

  await page.getByLabel('Width').selectOption('720');
  await page.getByLabel('Zoom').selectOption('200 %');
  expect((await page.locator('#window').boundingBox())?.width).toBe(720);
  expect(await approve.evaluate((button) => button.ownerDocument.defaultView?.innerWidth)).toBe(360);

  const duration = () => approve.evaluate((button) => getComputedStyle(button).animationDuration);
  expect(await duration()).toBe('0s');
  await page.getByLabel('Motion').selectOption('reduced');
  await expect.poll(duration).toBe('1e-05s');

  await picker.getByRole('link', { name: 'setup-failed', exact: true }).click();
  await expect(window.getByRole('heading', { level: 2, name: 'Send guard' })).toBeVisible();
  await expect(window.getByText('did not take the change over in time')).toBeVisible();
  expect(complaints).toEqual([]);
});
