/** The window with the app played by the test: opens it with a snapshot, changes that, reads what was asked of the app. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
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

  constructor(page: Page, origin: string) {
    super(page);
    this.#origin = origin;
  }

  async open(snapshot: AppSnapshot): Promise<void> {
    await this.page.addInitScript({ content: readFileSync(path.join(fakeAppDir, 'fake-app.js'), 'utf8') });
    await this.page.addInitScript((initial) => window.startFakeApp(initial), snapshot);
    await this.page.goto(this.#origin);
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
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
    const complaints = complaintsOf(page);
    await use(new WindowPage(page, origin));
    expect(complaints).toEqual([]);
  },
});

export { expect };
