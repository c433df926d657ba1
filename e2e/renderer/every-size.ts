/** What every screen has to stand: light, dark, forced colours, 320 px, 200 % zoom; without losing access. */
import type { WindowPage } from './window-page.ts';

/** @param name of the pictures, which are left in the screens folder */
export async function expectEverySize(
  app: WindowPage,
  name: string,
  options: { readonly behindDialog?: boolean } = {},
): Promise<void> {
  const { page } = app;
  await page.emulateMedia({ colorScheme: 'light' });
  await app.expectAccessible(options);
  await app.screenshot(`${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible(options);
  await app.screenshot(`${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await app.screenshot(`${name}-forced-colors`);
  await page.emulateMedia({ forcedColors: 'none' });
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
  await app.screenshot(`${name}-320`);
  // Zooming a popover to 200 % halves its CSS pixels.
  await page.setViewportSize({ width: 200, height: 300 });
  await app.expectNoSidewaysScroll();
}
