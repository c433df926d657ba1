/** What `npm start -- --demo` shows a newcomer: somebody who wants in, and a message that wants out. */
import { once } from 'node:events';
import { expect, test as base } from '@playwright/test';
import { runDemo, type Demo } from '../../build/demo/demo.ts';
import { artifactPath, screenshot, waitForNotification } from '../desktop/bench.ts';
import { startBrowserApp } from '../fixtures/browser-app.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';
import { makeAppPlace } from '../fixtures/places.ts';
import { StoppedMessage } from '../pages/stopped-message.ts';

interface Fixtures {
  readonly demo: Demo;
  /** What the demo told in the terminal. */
  readonly told: string[];
  readonly letSecondVisitorCome: PromiseWithResolvers<undefined>;
}

const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads which fixtures are needed off this pattern
  told: async ({}, use) => {
    await use([]);
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  letSecondVisitorCome: async ({}, use) => {
    await use(Promise.withResolvers<undefined>());
  },
  demo: async ({ told, letSecondVisitorCome }, use) => {
    // Two are enough for the pictures: the others would come after the demo has ended.
    const visitors = [letSecondVisitorCome.promise];
    const untilNextVisitor = (leaving: AbortSignal): Promise<unknown> =>
      Promise.race([once(leaving, 'abort'), ...visitors.splice(0)]);
    const demo = await runDemo({ onLine: (line) => told.push(line), untilNextVisitor });
    await use(demo);
    await demo.stop();
  },
});

/** Size and sharpness of the picture in the README. */
test.use({ viewport: { width: 900, height: 800 }, deviceScaleFactor: 1.5 });

test('a stranger waits, a message is stopped, and it leaves when the newcomer sends it', async ({
  demo,
  letSecondVisitorCome,
  page,
  told,
}) => {
  const place = await makeAppPlace(demo.gateway);
  const app = await startBrowserApp(place, page);
  const { window } = app;
  await expect(window.card('+15551230001')).toBeVisible();
  letSecondVisitorCome.resolve(undefined);
  const message = new StoppedMessage(window, '+15551230101');
  await expect(message.card).toBeVisible();
  await waitForNotification('+15551230101');
  await message.showText();
  await message.expectOffered('Send once');
  await page.screenshot({ path: artifactPath('e2e/browser/demo-window.png'), fullPage: true });
  await screenshot(artifactPath('e2e/browser/demo-desktop.png'));
  await message.answer('Send once');
  await window.expectAnswered('+15551230101', 'Let out');
  await expectSoon(() => told).toContainEqual(expect.stringContaining('+15551230101 was sent: "Hi Jo'));
  await app.quit();
  await place.remove();
  expect(app.complaints).toEqual([]);
});
