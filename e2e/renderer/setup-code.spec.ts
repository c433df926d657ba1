/** Pairing a phone: its dialog at every size, its QR code as a camera reads it, and its end. */
import type { SetupCodeAnswer } from '../../electron/contract/setup-code.ts';
import { ok } from '../../electron/contract/result.ts';
import { plain } from '../../renderer/bridge/snapshots.double.ts';
import { peopleView } from '../../renderer/people/people.double.ts';
import { scansAs } from '../fixtures/qr-scanner.ts';
import { PairingDialog } from '../pages/pairing-dialog.ts';
import { expectEverySize } from './every-size.ts';
import { screen } from './screens.ts';
import { expect, test, type WindowPage } from './window-page.ts';

/** As long as a real one. */
const setupCode = `eyJ1cmwiOiJ3c3M6Ly9nYXRld2F5LmV4YW1wbGUiLCJib290c3RyYXBUb2tlbiI6${'Ab9_'.repeat(25)}`;

const made = (): SetupCodeAnswer => ({
  outcome: 'made',
  code: {
    setupCode,
    setupId: 's1',
    address: plain('wss://gateway.example'),
    access: 'limited',
    expiresAt: Date.now() + 599_000,
  },
});

async function openDialog(app: WindowPage, answer: SetupCodeAnswer): Promise<PairingDialog> {
  const { page } = app;
  await app.open(screen('empty'));
  await app.answer('people.list', ok(peopleView()));
  await app.answer('setupCode.create', ok(answer));
  await page.getByRole('button', { name: 'People' }).click();
  const dialog = new PairingDialog(page);
  await dialog.open();
  return dialog;
}

test('the question before a code stands every size', async ({ app }) => {
  await openDialog(app, made());
  await expectEverySize(app, 'setup-code-question', { behindDialog: true });
});

test('a code stands every size, and its picture keeps dark on white', async ({ app, page }) => {
  const dialog = await openDialog(app, made());
  await dialog.make();
  const { picture } = dialog;
  await expect(picture).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await picture.locator('path').evaluate((path) => getComputedStyle(path).fill)).toBe('rgb(0, 0, 0)');
  expect(await picture.locator('rect').evaluate((rect) => getComputedStyle(rect).fill)).toBe(
    'rgb(255, 255, 255)',
  );
  const box = await picture.boundingBox();
  expect(box?.width).toBeGreaterThanOrEqual(200);
  expect(box?.height).toBe(box?.width);
  await expectEverySize(app, 'setup-code', { behindDialog: true });
});

const looks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'dark', forcedColors: 'active' },
] as const;

for (const { size, ...use } of [
  { size: 'at 100 %', viewport: { width: 400, height: 600 } },
  // Zoom halves the CSS pixels of a window, and draws each with four.
  { size: 'at 200 %', viewport: { width: 200, height: 300 }, deviceScaleFactor: 2, ownTab: true },
  { size: 'in 320 px', viewport: { width: 320, height: 480 } },
]) {
  test.describe(size, () => {
    test.use(use);
    test(
      'a camera reads the code that is shown as text, whatever the colours',
      { tag: '@zbarimg' },
      async ({ app, page }) => {
        const dialog = await openDialog(app, made());
        await dialog.make();
        await expect(dialog.code).toHaveValue(setupCode);
        await expect(dialog.picture).toBeVisible();
        for (const look of looks) {
          await page.emulateMedia(look);
          expect({ ...look, readable: await scansAs(dialog.picture, setupCode) }).toEqual({
            ...look,
            readable: true,
          });
        }
      },
    );
  });
}

test('the code is copied and leaves the page with the dialog', async ({ app, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const dialog = await openDialog(app, made());
  await dialog.make();
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(setupCode);
  await dialog.close();
  expect(await page.content()).not.toContain(setupCode);
  expect((await app.commands()).map(({ name }) => name)).toContain('setupCode.forget');
  await expect(page.getByRole('button', { name: 'Pair a phone…' })).toBeFocused();
});

test('a gateway no phone can reach is explained at every size', async ({ app, page }) => {
  const dialog = await openDialog(app, {
    outcome: 'refused',
    why: 'loopback-only',
    gatewayWords: plain('Gateway is only bound to loopback.'),
  });
  await dialog.make();
  await expect(page.getByRole('alert')).toContainText('A phone cannot reach this gateway yet');
  await expectEverySize(app, 'setup-code-refused', { behindDialog: true });
});
