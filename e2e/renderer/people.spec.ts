/** The people page: accessible, no sideways scrolling, in light and dark, small and zoomed; its questions as well. */
import { peopleScreen, peopleScreens } from './people-screens.ts';
import { expect, test, type WindowPage } from './window-page.ts';

async function openPeople(app: WindowPage, shown = peopleScreen()): Promise<void> {
  await app.show(shown);
  await expect(app.page.getByRole('heading', { name: 'People and devices' })).toBeVisible();
}

for (const [name, shown] of Object.entries(peopleScreens)) {
  test(`${name} is accessible in light and dark and reflows at 320 px`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await openPeople(app, shown());
    await page
      .getByRole('button', { name: /^Details/ })
      .last()
      .click();
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

test('the question before several devices are removed names them all and fits 320 px', async ({
  app,
  page,
}) => {
  await openPeople(app);
  for (const name of ['Bob’s phone', 'Old laptop'])
    await page.getByRole('checkbox', { name: `Select ${name}` }).click();
  await page.getByRole('button', { name: 'Remove 2 selected…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Old laptop');
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('people-remove-light');
  await page.setViewportSize({ width: 320, height: 400 });
  await app.expectNoSidewaysScroll();
});
