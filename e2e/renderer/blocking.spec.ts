/** Blocking somebody from their request: asked first, by keyboard or mouse, readable at every size. */
import { appError, fail, ok } from '../../electron/contract/result.ts';
import {
  answered,
  chatRequest,
  guarded,
  plain,
  snapshotWith,
} from '../../renderer/bridge/snapshots.double.ts';
import { expect, test } from './window-page.ts';

const mallory = chatRequest({ key: 'chat:mallory', who: plain('Mallory') });
const snapshot = snapshotWith([mallory], { guard: guarded() });

test('a double click on Block… asks, and only the deliberate click blocks', async ({ app, page }) => {
  await app.open(snapshot);
  await app.button('Mallory', 'Block…').dblclick();
  const dialog = page.getByRole('alertdialog', { name: 'Block this sender?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(app.button('Mallory', 'Block…')).toBeFocused();
  expect(await app.commands()).toEqual([]);

  await page.keyboard.press('Enter');
  const block = dialog.getByRole('button', { name: 'Block' });
  await expect(block).not.toHaveAttribute('aria-disabled');
  await app.answer('people.blockRequest', ok(null));
  await block.click();
  await expect(dialog).toHaveCount(0);
  expect(await app.commands()).toEqual([
    { name: 'people.blockRequest', input: { key: 'chat:mallory', revision: 1 } },
  ]);
});

test('the question and a failure are accessible in light and dark and reflow', async ({ app, page }) => {
  await app.open(snapshot);
  await app.expectAccessible();
  await app.screenshot('block-offered');
  await app.button('Mallory', 'Block…').click();
  await app.answer(
    'people.blockRequest',
    fail(appError('gateway-timeout', 'Denied, but not blocked: the gateway did not answer in time.', true)),
  );
  const dialog = page.getByRole('alertdialog');
  const block = dialog.getByRole('button', { name: 'Block' });
  await expect(block).not.toHaveAttribute('aria-disabled');
  await block.click();
  await app.update({ requests: [answered(mallory, { decision: 'denied' })], openCount: 0 });
  await expect(dialog.getByRole('alert')).toContainText('Denied, but not blocked');
  await expect(app.card('Mallory')).toHaveCount(0);
  await expect(dialog.getByRole('alert')).toContainText('Denied, but not blocked');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await app.expectAccessible({ behindDialog: true });
    await app.screenshot(`block-failed-${colorScheme}`);
  }
  for (const [width, height] of [
    [320, 480],
    [200, 300],
  ] as const) {
    await page.setViewportSize({ width, height });
    await app.expectNoSidewaysScroll();
  }
});
