/** The guard page in a real browser: how it looks in each state, and setting strict mode up by keyboard alone. */
import { ok } from '../../electron/contract/result.ts';
import { strictPlan } from '../../renderer/bridge/guard.double.ts';
import { expectEverySize } from './every-size.ts';
import { guardPageScreens, guardScreen, remoteGuard, setupScreens } from './guard-page-screens.ts';
import type { WindowPage } from './window-page.ts';
import { expect, test } from './window-page.ts';

async function openGuard(app: WindowPage, shown = guardScreen()): Promise<void> {
  await app.show(shown);
  await expect(app.page.getByRole('heading', { level: 2, name: 'Send guard' })).toBeFocused();
}

for (const [name, shown] of Object.entries(guardPageScreens)) {
  test(`${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openGuard(app, shown());
    await expectEverySize(app, name);
  });
}

for (const [name, shown] of Object.entries(setupScreens)) {
  test(`a set-up that is ${name} is accessible and reflows in every look and size`, async ({ app }) => {
    await openGuard(app, shown());
    await expectEverySize(app, `guard-setup-${name}`);
  });
}

test('the guard of a remote gateway is accessible and reflows in every look and size', async ({ app }) => {
  await openGuard(app, remoteGuard());
  await expectEverySize(app, 'guard-remote');
});

test('the preview is accessible and reflows in every look and size', async ({ app, page }) => {
  await openGuard(app);
  await app.answer('guard.planSetup', ok(strictPlan));
  await page.getByRole('button', { name: /^Switch on/ }).click();
  await expect(page.getByText('The channel restarts')).toBeVisible();
  await expectEverySize(app, 'guard-preview', { behindDialog: true });
});

test('strict mode is switched on by keyboard alone, and not by the key that opened the preview', async ({
  app,
  page,
}) => {
  await openGuard(app);
  await app.answer('guard.planSetup', ok(strictPlan));
  const opener = page.getByRole('button', { name: /^Switch on/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();

  await page.keyboard.press('Enter');
  const confirm = dialog.getByRole('button', { name: 'Switch on' });
  await expect(confirm).not.toHaveAttribute('aria-disabled');
  await page.keyboard.press('Tab');
  await expect(confirm).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const asked = (await app.commands()).map(({ name }) => name);
  expect(asked).toEqual(['guard.planSetup', 'guard.planSetup', 'guard.applySetup']);
});
