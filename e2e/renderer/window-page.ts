/** The page object of the window: opens it with a snapshot, plays the app, looks for things by role and name. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import type { CommandName } from '../../electron/contract/api.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import type { RecordedCommand } from '../../renderer/bridge/bridge.double.ts';
import type {} from './fake-app.ts';
import { fakeAppDir, screensDir } from './places.ts';
import { serveWindow } from './static-server.ts';

export class WindowPage {
  readonly page: Page;
  readonly #origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  async open(snapshot: AppSnapshot): Promise<void> {
    await this.page.addInitScript({ content: readFileSync(path.join(fakeAppDir, 'fake-app.js'), 'utf8') });
    await this.page.addInitScript((initial) => window.startFakeApp(initial), snapshot);
    await this.page.goto(this.#origin);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  update(change: Partial<AppSnapshot>): Promise<void> {
    return this.page.evaluate((next) => window.fakeApp.update(next), change);
  }

  answer(name: CommandName, result: Result<null> | 'never'): Promise<void> {
    return this.page.evaluate(([command, prepared]) => window.fakeApp.answer(command, prepared), [
      name,
      result,
    ] as const);
  }

  focusRequest(key: string): Promise<void> {
    return this.page.evaluate((wanted) => window.fakeApp.push('request.focus', { key: wanted }), key);
  }

  /** Everything the window asked of the app, but for reading what there is. */
  async commands(): Promise<readonly RecordedCommand[]> {
    const all = await this.page.evaluate(() => window.fakeApp.commands);
    return all.filter(({ name }) => name !== 'snapshot.get' && name !== 'requests.refresh');
  }

  card(who: string): Locator {
    return this.page.getByRole('article', { name: who });
  }

  button(who: string, name: string | RegExp): Locator {
    return this.card(who).getByRole('button', { name });
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screensDir, { recursive: true });
    await this.page.screenshot({
      path: path.join(screensDir, `${name}.png`),
      fullPage: true,
      animations: 'disabled',
    });
  }

  /** @param behindDialog the page itself is out of reach now, so rules about its landmarks do not apply */
  async expectAccessible({ behindDialog = false } = {}): Promise<void> {
    const axe = new AxeBuilder({ page: this.page });
    if (behindDialog) axe.disableRules(['landmark-one-main', 'page-has-heading-one']);
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([]);
  }

  async expectNoSidewaysScroll(): Promise<void> {
    const { content, view } = await this.page.evaluate(() => ({
      content: document.documentElement.scrollWidth,
      view: document.documentElement.clientWidth,
    }));
    expect(content).toBeLessThanOrEqual(view);
  }
}

interface Fixtures {
  readonly app: WindowPage;
}
interface WorkerFixtures {
  readonly origin: string;
}

/** Every spec gets a popover-sized window, and fails when the page reports an error or a policy violation. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  origin: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads which fixtures are needed off this pattern
    async ({}, use) => {
      const server = await serveWindow();
      await use(server.origin);
      await server.close();
    },
    { scope: 'worker' },
  ],
  viewport: { width: 400, height: 600 },
  app: async ({ page, origin }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(new WindowPage(page, origin));
    expect(complaints).toEqual([]);
  },
});

export { expect };
