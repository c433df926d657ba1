/** The window with the app played by the test: opens it with a snapshot, changes that, reads what was asked of the app. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Disposable, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import type { CommandName, CommandOutput } from '../../electron/contract/api.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import type { RecordedCommand } from '../../renderer/bridge/bridge.double.ts';
import type {} from './fake-app.ts';
import type { PageScreen } from './page-screen.ts';
import { complaintsOf, PortcullisWindow } from '../pages/portcullis-window.ts';
import { fakeAppDir, screensDir } from './places.ts';
import { serveWindow } from './static-server.ts';

/** Ask for nothing but to be told. */
const readings: ReadonlySet<CommandName> = new Set(['snapshot.get', 'requests.refresh', 'loginItem.read']);

export class WindowPage extends PortcullisWindow {
  readonly #origin: string;
  readonly #initScripts: Disposable[] = [];

  constructor(page: Page, origin: string) {
    super(page);
    this.#origin = origin;
  }

  async open(snapshot: AppSnapshot): Promise<void> {
    this.#initScripts.push(
      await this.page.addInitScript({ content: readFileSync(path.join(fakeAppDir, 'fake-app.js'), 'utf8') }),
      await this.page.addInitScript((initial) => window.startFakeApp(initial), snapshot),
    );
    await this.page.goto(this.#origin);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  /** Leaves the tab as if nothing had been opened in it. */
  async close(): Promise<void> {
    if (this.#initScripts.length === 0) return;
    for (const script of this.#initScripts) await script.dispose();
    await this.page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await this.page.goto('about:blank');
  }

  /** Opens the window and goes to the screen's section. */
  async show({ snapshot, section, answers }: PageScreen): Promise<void> {
    await this.open(snapshot);
    // The names are commands by PageScreen's type; taking them apart from the answers loses that.
    for (const [name, answer] of Object.entries(answers)) await this.answer(name as CommandName, answer);
    await this.page.getByRole('button', { name: section, exact: true }).click();
  }

  update(change: Partial<AppSnapshot>): Promise<void> {
    return this.page.evaluate((next) => window.fakeApp.update(next), change);
  }

  answer<K extends CommandName>(name: K, result: Result<CommandOutput<K>> | 'never'): Promise<void> {
    return this.page.evaluate(
      ([command, prepared]) => window.fakeApp.answer(command, prepared as Result<never> | 'never'),
      [name, result] as const,
    );
  }

  focusRequest(key: string): Promise<void> {
    return this.page.evaluate((wanted) => window.fakeApp.push('request.focus', { key: wanted }), key);
  }

  /** Everything the window asked of the app, but for reading and looking again. */
  async commands(): Promise<readonly RecordedCommand[]> {
    const all = await this.page.evaluate(() => window.fakeApp.commands);
    return all.filter(({ name }) => !readings.has(name));
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screensDir, { recursive: true });
    await this.page.screenshot({
      path: path.join(screensDir, `${name}.png`),
      fullPage: true,
      animations: 'disabled',
    });
  }
}

interface Fixtures {
  readonly app: WindowPage;
  /** For what a tab can be given only when it is made, such as its pixel density. */
  readonly ownTab: boolean;
}
interface WorkerFixtures {
  readonly origin: string;
  readonly tab: Page;
}

/**
 * Every spec gets a popover-sized window, and fails when the page reports an error or a policy violation. The window is
 * opened anew for each test, in one tab for all of a worker: a tab of its own costs twice what the window does.
 */
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
  tab: [
    async ({ browser }, use) => {
      const context = await browser.newContext();
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
  ownTab: [false, { option: true }],
  viewport: { width: 400, height: 600 },
  page: async ({ ownTab, tab, browser, viewport, contextOptions }, use) => {
    if (ownTab) {
      const context = await browser.newContext();
      await use(await context.newPage());
      await context.close();
      return;
    }
    if (viewport !== null) await tab.setViewportSize(viewport);
    await tab.emulateMedia({
      colorScheme: null,
      forcedColors: null,
      contrast: null,
      reducedMotion: contextOptions.reducedMotion ?? null,
    });
    await tab.mouse.move(0, 0);
    await use(tab);
    await tab.context().clearPermissions();
  },
  app: async ({ page, origin }, use) => {
    const complaints = complaintsOf(page);
    const app = new WindowPage(page, origin);
    await use(app);
    expect(complaints).toEqual([]);
    page.removeAllListeners('console');
    page.removeAllListeners('pageerror');
    await app.close();
  },
});

export { expect };
