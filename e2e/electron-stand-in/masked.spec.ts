/**
 * The desktop host as on macOS and Windows: icon, popover, keys, and what is left when there is no icon. One start each;
 * what needs no page is in the unit tests of electron/adapters/electron, against the same stand-in.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { expectSoon } from '../fixtures/expect-soon.ts';
import type { StandIn } from './api.ts';

interface WithStandIn {
  readonly standIn: StandIn;
}

async function withApp(
  env: Readonly<Record<string, string>>,
  use: (app: ElectronApplication, page: Page) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'portcullis-masked-'));
  const app = await _electron.launch({
    executablePath: path.join(import.meta.dirname, 'electron'),
    args: [path.join(import.meta.dirname, 'fixture')],
    env: { ...process.env, FIXTURE_DATA_DIR: dataDir, ...env },
  });
  try {
    const page = await app.firstWindow();
    await expect(page.locator('#snapshot')).toHaveText('0');
    await use(app, page);
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const isVisible = (app: ElectronApplication): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

/** The owner clicks on the window, where there is one, and then on another app. */
const turnAway = (app: ElectronApplication): Promise<void> =>
  app.evaluate((api) => {
    api.BrowserWindow.getAllWindows()[0]?.focus();
    (api as unknown as WithStandIn).standIn.desk.focused?.loseFocus();
  });

for (const platform of ['darwin', 'win32'] as const) {
  test(`on ${platform} the icon is to be seen, and a click on it brings up a window that stays while a file is saved`, async () => {
    await withApp({ STAND_IN_PLATFORM: platform }, async (app, page) => {
      const seen = await app.evaluate((api) => {
        const { trays } = (api as unknown as WithStandIn).standIn;
        return trays.map(({ image }) => image.isEmpty());
      });
      expect(seen).toEqual([false]);
      const told = await app.evaluate((api) =>
        (api as unknown as WithStandIn).standIn.calls.map((call) => call.api),
      );
      expect(told).toContain(platform === 'darwin' ? 'app.dock.hide' : 'app.setToastActivatorCLSID');
      expect(await isVisible(app)).toBe(false);
      await app.evaluate((api) => (api as unknown as WithStandIn).standIn.trays[0]?.click());
      expect(await isVisible(app)).toBe(true);

      // Nothing pressed by accident ends or reloads the guard.
      const pressed = await app.evaluate((api) => {
        const { standIn } = api as unknown as WithStandIn;
        return ['CommandOrControl+Q', 'CommandOrControl+R'].map((keys) => standIn.pressKeys(keys));
      });
      expect(pressed).toEqual([null, null]);

      await page.evaluate(() => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob(['{}'], { type: 'application/json' }));
        link.download = 'settings.json';
        link.click();
      });
      const dialogs = (): Promise<readonly boolean[]> =>
        app.evaluate((api) =>
          (api as unknown as WithStandIn).standIn.saveDialogs.map((dialog) => dialog.isOpen()),
        );
      await expectSoon(dialogs).toEqual([true]);
      await turnAway(app);
      expect([await isVisible(app), await dialogs()]).toEqual([true, [true]]);
      await app.evaluate((api) => (api as unknown as WithStandIn).standIn.saveDialogs[0]?.save());
      expect(await isVisible(app)).toBe(true);
      // On Windows not before it has stood there for a moment.
      await expectSoon(async () => {
        await turnAway(app);
        return isVisible(app);
      }).toBe(false);
    });
  });
}

test('where the icon cannot be read the window comes up by itself', async () => {
  await withApp({ STAND_IN_PLATFORM: 'darwin', FIXTURE_TRAY_ICONS: '/nowhere' }, async (app) => {
    await expectSoon(() => isVisible(app)).toBe(true);
  });
});
