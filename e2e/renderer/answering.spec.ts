/** Answering requests with mouse and keyboard in a real browser, where layout and focus are real. */
import { fail, ok } from '../../electron/contract/result.ts';
import { appError } from '../../electron/contract/result.ts';
import {
  adminScope,
  answered,
  chatRequest,
  deviceRequest,
  nodeRequest,
  plain,
  snapshotWith,
} from '../../renderer/bridge/snapshots.double.ts';
import { expect, test } from './window-page.ts';

/** Buttons that fill while they arm are pressed here as most owners see them; elsewhere nothing moves. */
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

const alice = chatRequest({ key: 'chat:alice', who: plain('Alice') });
const mallory = chatRequest({ key: 'chat:mallory', who: plain('Mallory') });

test('Approve sends the revision that was shown and what the box says', async ({ app, page }) => {
  await app.open(snapshotWith([{ ...alice, revision: 7 }]));
  await page.getByLabel('Tell them they were approved').check();
  await app.button('Alice', 'Approve').click();
  expect(await app.commands()).toEqual([
    {
      name: 'request.approve',
      input: { key: 'chat:alice', revision: 7, elevate: false, notifyContact: true },
    },
  ]);
});

test('Deny is one click and never asks', async ({ app }) => {
  await app.open(snapshotWith([nodeRequest()]));
  await app.button('Studio Mac mini', 'Deny').click();
  expect(await app.commands()).toEqual([{ name: 'request.deny', input: { key: 'node:n1', revision: 1 } }]);
});

test('Approve of a request that just appeared sends nothing until it is armed', async ({ app }) => {
  await app.open(snapshotWith([]));
  const now = Date.now();
  await app.update({ requests: [{ ...alice, armedAt: now + 1500 }], openCount: 1 });
  const approve = app.button('Alice', 'Approve');
  await expect(approve).toHaveAttribute('aria-disabled', 'true');
  await approve.click({ force: true });
  expect(await app.commands()).toEqual([]);
  await expect(app.card('Alice').getByText('had only just appeared')).toBeVisible();
  await expect(approve).not.toHaveAttribute('aria-disabled');
  await approve.click();
  expect((await app.commands()).map(({ name }) => name)).toEqual(['request.approve']);
});

test('a click on the spot where another card just slid in approves nobody', async ({ app, page }) => {
  await app.open(snapshotWith([alice, mallory]));
  const spot = await app.button('Alice', 'Approve').boundingBox();
  if (spot === null) throw new Error('no button to aim at');
  const aim = [spot.x + spot.width / 2, spot.y + spot.height / 2] as const;
  await page.mouse.move(...aim);
  // Alice is gone from the list without a trace, so Mallory's card takes her place at once.
  await app.update({ requests: [mallory], openCount: 1 });
  // Looked at only after the click: the hold is short, and looking takes a slow machine a while.
  await page.mouse.click(...aim);
  expect(await app.commands()).toEqual([]);
  await expect(app.card('Alice')).toHaveCount(0);
  // The click did land on Mallory's Approve, and was told apart.
  await expect(app.card('Mallory').getByText('had only just appeared or moved')).toBeVisible();
});

test('a press right after scrolling approves nobody, says so and takes no focus; the next one counts', async ({
  app,
  page,
}) => {
  const crowd = Array.from({ length: 6 }, (_, index) =>
    chatRequest({ key: `chat:${String(index)}`, who: plain(`Contact ${String(index)}`) }),
  );
  await app.open(snapshotWith(crowd));
  const approve = app.button('Contact 2', 'Approve');
  // In one go, because a slow machine would let the moment pass.
  await approve.evaluate(async (button) => {
    const scrolled = new Promise((resolve) => window.addEventListener('scroll', resolve, { once: true }));
    window.scrollBy(0, 200);
    await scrolled;
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
  });
  await expect(app.card('Contact 2').getByRole('status')).toContainText('press it once more');
  expect(await app.commands()).toEqual([]);
  await expect(page.locator('body')).toBeFocused();
  await app.expectAccessible();
  await app.approve('Contact 2');
  expect(await app.commands()).toMatchObject([{ name: 'request.approve', input: { key: 'chat:2' } }]);
});

test('a banner that pushes the cards down holds Approve for a moment, then gives it back', async ({
  app,
}) => {
  await app.open(snapshotWith([alice]));
  await expect(app.button('Alice', 'Approve')).not.toHaveAttribute('aria-disabled');
  await app.update({ notices: [{ id: 'n', text: 'Something to know.' }] });
  await expect(app.button('Alice', 'Approve')).toHaveAttribute('aria-disabled', 'true');
  await expect(app.button('Alice', 'Approve')).not.toHaveAttribute('aria-disabled');
});

test('an answered card keeps its place and size for a moment, then moves to recently answered', async ({
  app,
  page,
}) => {
  await app.open(snapshotWith([alice, mallory]));
  const before = await app.card('Mallory').boundingBox();
  await app.update({ requests: [mallory, answered(alice, { by: 'elsewhere' })], openCount: 1 });
  await expect(app.card('Alice').getByText('Approved elsewhere')).toBeVisible();
  expect(await app.card('Mallory').boundingBox()).toEqual(before);
  await expect(app.card('Alice')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Recently answered' }).getByText('Alice')).toBeVisible();
});

test('the keyboard alone reaches everything, Deny before Approve, and focus stays with the card', async ({
  app,
  page,
}) => {
  await app.open(snapshotWith([alice, mallory]));
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const walk: string[] = [];
  const sections = page.getByRole('navigation').getByRole('button');
  const names = await sections.evaluateAll((all) => all.map(({ textContent }) => textContent));
  for (let step = 0; step < names.length + 7; step += 1) {
    await page.keyboard.press('Tab');
    walk.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return (
          element?.getAttribute('aria-label') ?? element?.getAttribute('role') ?? element?.textContent ?? ''
        );
      }),
    );
  }
  const card = ['checkbox', 'Deny', 'Approve'];
  expect(names[0]).toBe('Requests2, 2 waiting');
  expect(walk).toEqual([...names, 'Clear requests…', ...card, ...card]);

  await app.button('Alice', 'Deny').focus();
  await page.keyboard.press('Enter');
  expect(await app.commands()).toEqual([{ name: 'request.deny', input: { key: 'chat:alice', revision: 1 } }]);
  await app.update({ requests: [mallory, answered(alice, { decision: 'denied' })], openCount: 1 });
  await expect(app.card('Alice').getByText('Denied')).toBeVisible();
  expect(await focused()).toBe('Alice');
  await expect(app.card('Alice')).toHaveCount(0);
  expect(await focused()).toContain('Requests');
});

test('a key held down on Deny answers one request only', async ({ app, page }) => {
  await app.open(snapshotWith([alice, mallory]));
  await app.button('Alice', 'Deny').focus();
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await app.commands()).toHaveLength(1);
});

test('a new request does not take the focus and is announced', async ({ app, page }) => {
  await app.open(snapshotWith([alice]));
  await app.button('Alice', 'Approve').focus();
  await app.update({ requests: [alice, mallory], openCount: 2 });
  await expect(
    page.getByText('New request: Mallory wants to message your assistant on iMessage.'),
  ).toBeAttached();
  await expect(app.button('Alice', 'Approve')).toBeFocused();
  await expect(page).toHaveTitle('(2) Portcullis');
});

test('a request opened from a notification comes into view with its name focused, not a button', async ({
  app,
  page,
}) => {
  const crowd = Array.from({ length: 6 }, (_, index) =>
    chatRequest({ key: `chat:${String(index)}`, who: plain(`Contact ${String(index)}`) }),
  );
  await app.open(snapshotWith(crowd));
  await page.getByRole('button', { name: 'Settings' }).click();
  await app.focusRequest('chat:4');
  await expect(app.card('Contact 4').getByRole('heading')).toBeFocused();
  await expect(app.card('Contact 4')).toBeInViewport();
});

test('elevation is explained, Cancel has the focus, and only the deliberate click approves', async ({
  app,
  page,
}) => {
  await app.open(snapshotWith([deviceRequest({ scopes: [adminScope], elevation: [adminScope] })]));
  await app.button('Bob’s laptop', 'Approve…').dblclick();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByText('short second connection')).toBeVisible();
  await expect(dialog.getByText('Full control of the gateway')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(app.button('Bob’s laptop', 'Approve…')).toBeFocused();
  expect(await app.commands()).toEqual([]);

  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await app.commands()).toEqual([]);

  await app.button('Bob’s laptop', 'Approve…').click();
  const confirm = dialog.getByRole('button', { name: 'Approve once' });
  await expect(confirm).not.toHaveAttribute('aria-disabled');
  await confirm.click();
  expect(await app.commands()).toEqual([
    {
      name: 'request.approve',
      input: { key: 'device:d1', revision: 1, elevate: true, notifyContact: false },
    },
  ]);
});

test('the elevation dialog closes when the request changes underneath it', async ({ app, page }) => {
  const device = deviceRequest({ scopes: [adminScope], elevation: [adminScope] });
  await app.open(snapshotWith([device]));
  await app.button('Bob’s laptop', 'Approve…').click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await app.update({ requests: [{ ...device, revision: 2 }] });
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByText('This changed while you were reading')).toBeVisible();
});

test('a failed answer is told on its own card and can be tried again', async ({ app, page }) => {
  await page.setViewportSize({ width: 400, height: 1000 });
  await app.open(snapshotWith([alice, mallory]));
  await app.answer('request.approve', fail(appError('gateway-refused', 'The gateway refused this answer.')));
  await app.button('Mallory', 'Approve').click();
  await expect(app.card('Mallory').getByRole('alert')).toContainText('The gateway refused this answer.');
  await expect(app.card('Alice').getByRole('alert')).toHaveCount(0);
  await app.answer('request.approve', ok(null));
  await expect(app.button('Mallory', 'Approve')).not.toHaveAttribute('aria-disabled');
  await app.button('Mallory', 'Approve').click();
  await expect(app.card('Mallory').getByRole('alert')).toHaveCount(0);
});

test('while the gateway has not answered the card waits and offers no second answer', async ({ app }) => {
  await app.open(snapshotWith([alice]));
  await app.answer('request.deny', 'never');
  await app.button('Alice', 'Deny').click();
  await expect(app.card('Alice').getByText('Waiting for the gateway…')).toBeVisible();
  await expect(app.card('Alice').getByRole('button')).toHaveCount(0);
});

test('without a connection nothing can be answered', async ({ app }) => {
  await app.open(snapshotWith([alice], { connection: { state: 'connecting', gateway: null } }));
  await app.button('Alice', 'Approve').click({ force: true });
  await app.button('Alice', 'Deny').click({ force: true });
  expect(await app.commands()).toEqual([]);
});

test('hostile text is text: no markup, and it stays inside its card', async ({ app, page }) => {
  const nasty = '<img src=x onerror=alert(1)>' + 'W'.repeat(400);
  await app.open(snapshotWith([deviceRequest({ who: plain(nasty), platform: plain(nasty) })]));
  await expect(page.getByRole('heading', { name: nasty })).toBeVisible();
  await expect(page.locator('img')).toHaveCount(0);
  await app.expectNoSidewaysScroll();
});
