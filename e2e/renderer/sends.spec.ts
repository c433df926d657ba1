/** Stopped messages in a real browser: reading before sending, the answers behind More, and how it all fits. */
import { ok } from '../../electron/contract/result.ts';
import { guarded, plain, sendRequest, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import { screen } from './screens.ts';
import { expect, test } from './window-page.ts';

const who = '+44 7700 900123';

test('the text is read, Send once is held while the card settles, then sends what was read', async ({
  app,
}) => {
  await app.open(snapshotWith([sendRequest({ revision: 3 })], { guard: guarded() }));
  const once = app.button(who, 'Send once');
  await once.click({ force: true });
  await app.button(who, 'Show the text').click();
  await expect(app.card(who).getByText('Margin on the Q3 order')).toBeVisible();
  // The buttons moved down, so a click that was on its way must not count.
  await expect(once).toHaveAttribute('aria-disabled', 'true');
  expect(await app.commands()).toEqual([]);
  await expect(once).not.toHaveAttribute('aria-disabled');
  // A press in the moment after scrolling does not count and says so; the owner then presses again.
  await expect(async () => {
    await once.click();
    expect(await app.commands()).toEqual([
      { name: 'send.answer', input: { key: 'send:s1', revision: 3, answer: 'once' } },
    ]);
  }).toPass();
});

test('a card that changes under a click sends nothing', async ({ app }) => {
  const view = sendRequest();
  await app.open(snapshotWith([view], { guard: guarded() }));
  await app.button(who, 'Show the text').click();
  await expect(app.button(who, 'Send once')).not.toHaveAttribute('aria-disabled');
  await app.update({ requests: [{ ...view, revision: 2, text: plain('Other words.') }] });
  await app.button(who, 'Send once').click({ force: true });
  expect(await app.commands()).toEqual([]);
  await expect(app.card(who).getByText('Other words.')).toHaveCount(0);
});

test('the keyboard reaches text and answers in reading order', async ({ app, page }) => {
  await app.open(screen('send-shown'));
  await app.button(who, 'More').focus();
  await page.keyboard.press('Enter');
  const walk: string[] = [];
  for (let step = 0; step < 3; step += 1) {
    await page.keyboard.press('Tab');
    walk.push(await page.evaluate(() => document.activeElement?.textContent ?? ''));
  }
  expect(walk).toEqual(['Allow for 1 hour', 'Always allow', 'Never']);
  await page.keyboard.press('Enter');
  expect(await app.commands()).toEqual([
    { name: 'send.answer', input: { key: 'send:0', revision: 1, answer: 'never' } },
  ]);
});

test('a very long, hostile text is shown whole without stalling or widening the page', async ({
  app,
  page,
}) => {
  const whole = 'a⟨U+200B⟩'.repeat(25_000);
  await app.open(screen('send-beginning-only'));
  await app.answer('send.text', ok({ text: whole, altered: true, marks: [] }));
  await app.button(who, /^Show all/).click();
  const text = app.card(who).getByRole('region', { name: /^Text/ });
  await expect(text).toBeFocused();
  expect(await text.textContent()).toBe(whole);
  await app.expectNoSidewaysScroll();
  const box = await text.boundingBox();
  expect(box?.height).toBeLessThan(200);
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
});

test('the answers behind More are accessible in light and dark and fit 320 px and 200 %', async ({
  app,
  page,
}) => {
  await app.open(screen('send-shown'));
  await app.button(who, 'More').click();
  await expect(app.button(who, 'Always allow')).not.toHaveAttribute('aria-disabled');
  await expect(app.button(who, 'Never')).toBeInViewport({ ratio: 1 });
  await app.expectAccessible();
  await app.screenshot('send-more-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.expectAccessible();
  await app.screenshot('send-more-dark');
  await page.setViewportSize({ width: 320, height: 480 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('send-more-320');
  await page.setViewportSize({ width: 200, height: 300 });
  await app.expectNoSidewaysScroll();
  await app.screenshot('send-more-200-percent');
});

test('forced colours and more contrast keep a stopped message readable', async ({ app, page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await app.open(screen('send-invented'));
  await app.screenshot('send-forced-colors');
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
  await app.expectAccessible();
});

test('restoring the rules is asked for in an accessible dialog', async ({ app, page }) => {
  await app.open(screen('guard-rules-unreadable'));
  await page.getByRole('button', { name: 'Restore the last good rules…' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await app.expectAccessible({ behindDialog: true });
  await app.screenshot('guard-restore-light');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Restore the last good rules…' })).toBeFocused();
  expect(await app.commands()).toEqual([]);
});
