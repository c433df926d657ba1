/** The window in a browser tab, over a real WebSocket: being let in, answering, losing and regaining the app. */
import type { Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import { chatRequest, plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import { WebHostDouble } from './web-host.double.ts';

const test = base.extend<{ readonly host: WebHostDouble }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads which fixtures are needed off this pattern
  host: async ({}, use) => {
    const host = await WebHostDouble.start(snapshotWith([chatRequest()]));
    await use(host);
    await host.stop();
  },
});

async function enter(page: Page, host: WebHostDouble): Promise<void> {
  await page.goto(`${host.origin}/#open=${host.token}`);
  await expect(page.getByRole('article')).toBeVisible();
}

test('the one-time token lets the tab in and leaves the address at once', async ({ page, host }) => {
  await enter(page, host);
  expect(page.url()).toBe(`${host.origin}/`);
  expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
  await page.reload();
  await expect(page.getByRole('article')).toBeVisible();
});

test('a tab that was not opened by Portcullis gets a calm page, and comes alive once let in', async ({
  page,
  host,
}) => {
  await page.goto(host.origin);
  await expect(page.getByRole('heading', { name: 'This tab is not signed in' })).toBeVisible();
  await expect(page.getByText('Open it from its tray icon')).toBeVisible();
  await page.goto(`${host.origin}/#open=wrong`);
  await expect(page.getByRole('heading', { name: 'This tab is not signed in' })).toBeVisible();
  await enter(page, host);
});

test('another tab of the same browser is not let in by the first', async ({ page, host, context }) => {
  await enter(page, host);
  const other = await context.newPage();
  await other.goto(host.origin);
  await expect(other.getByRole('heading', { name: 'This tab is not signed in' })).toBeVisible();
  expect(await context.cookies()).toEqual([]);
});

test('answers travel as frames of the contract', async ({ page, host }) => {
  await enter(page, host);
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect
    .poll(() => host.received.filter(({ command }) => command.startsWith('request.')))
    .toMatchObject([{ command: 'request.deny', input: { key: 'chat:c1', revision: 1 } }]);
});

test('an answer under way when the app goes away is told as unconfirmed, never as done, and is not sent again', async ({
  page,
  host,
}) => {
  await enter(page, host);
  host.silent.add('request.approve');
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Waiting for the gateway…')).toBeVisible();
  await expect.poll(() => host.received.some(({ command }) => command === 'request.approve')).toBe(true);
  host.goAway();
  await expect(page.getByRole('alert')).toContainText('No confirmation yet');
  host.comeBack();
  await expect(page.getByText('What is shown may be out of date.')).toBeHidden();
  expect(host.received.filter(({ command }) => command === 'request.approve')).toHaveLength(1);
});

test('after a break the tab connects again and shows what is true now', async ({ page, host }) => {
  await enter(page, host);
  host.update({ ...snapshotWith([chatRequest({ who: plain('Before') })]), seq: 40 });
  await expect(page.getByRole('article', { name: 'Before' })).toBeVisible();
  host.goAway();
  await expect(page.getByText('This window lost its connection to Portcullis')).toBeVisible();
  host.update({ ...snapshotWith([]), seq: 1 });
  host.comeBack();
  await expect(page.getByText('Nobody is waiting.')).toBeVisible();
});
