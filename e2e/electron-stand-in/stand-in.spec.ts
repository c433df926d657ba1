/**
 * The desktop host's Electron code, driven through the stand-in: window, preload, IPC, app://, session rules, tray,
 * notifications. What this does not prove about real Electron is listed in README.md.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { AppDouble } from '../../electron/main/app.double.ts';
import type { StandIn } from './api.ts';
import { expectSoon } from '../fixtures/expect-soon.ts';

interface Fixture {
  readonly double: AppDouble;
  readonly logged: readonly string[];
  echo(message: object): Promise<unknown>;
  writeSettings(): void;
}
/** What `evaluate` hands in besides Electron's own. */
interface WithStandIn {
  readonly standIn: StandIn;
}
declare const fixture: Fixture;

const preload = path.join(import.meta.dirname, '../../dist/preload/preload.cjs');
let electron: ElectronApplication;
let page: Page;
let dataDir: string;

test.beforeEach(async () => {
  if (!existsSync(preload)) throw new Error('Build the preload first: vite build.');
  dataDir = mkdtempSync(path.join(tmpdir(), 'portcullis-stand-in-'));
  electron = await _electron.launch({
    executablePath: path.join(import.meta.dirname, 'electron'),
    args: [path.join(import.meta.dirname, 'fixture')],
    acceptDownloads: true,
    // Linux has its own tray and notifications over D-Bus.
    env: { ...process.env, FIXTURE_DATA_DIR: dataDir, STAND_IN_PLATFORM: 'win32' },
  });
  page = await electron.firstWindow();
  await expect(page.locator('#snapshot')).toHaveText('0');
});

test.afterEach(async () => {
  await electron.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('the page gets the bridge, frozen, and nothing of Node or the preload', async () => {
  expect(
    await page.evaluate(() => [
      Object.keys(Reflect.get(window, 'portcullis') as object),
      Object.isFrozen(Reflect.get(window, 'portcullis')),
      typeof Reflect.get(window, 'require'),
      typeof Reflect.get(window, 'process'),
      typeof Reflect.get(window, 'commandChannels'),
    ]),
  ).toEqual([['invoke', 'on'], true, 'undefined', 'undefined', 'undefined']);
});

test('commands reach the app parsed, wrong ones come back as bad input, unknown ones reach nobody', async () => {
  const answers = await page.evaluate(async () => {
    const { invoke } = Reflect.get(window, 'portcullis') as {
      invoke(name: string, input: unknown): Promise<unknown>;
    };
    return [
      await invoke('request.deny', { key: 'chat:1', revision: 2 }),
      await invoke('request.deny', { key: 'chat:1' }),
      await Promise.resolve()
        .then(() => invoke('request.approveAll', {}))
        .catch((error: unknown) => (error as Error).message),
    ];
  });
  expect(answers).toMatchObject([
    { ok: true, value: null },
    { ok: false, error: { code: 'bad-input' } },
    'Portcullis has nothing of that name.',
  ]);
  expect(await electron.evaluate(() => fixture.double.calls)).toEqual([
    { name: 'request.deny', input: { key: 'chat:1', revision: 2 } },
  ]);
});

test('snapshots and focus requests reach the page', async () => {
  await electron.evaluate(() => {
    fixture.double.change({ openCount: 3 });
    fixture.double.focus('chat:7');
  });
  await expect(page.locator('#snapshot')).toHaveText('3');
  await expect(page.locator('#focus')).toHaveText('"chat:7"');
});

test('the page is served at app://portcullis under its policy, and main code knows it by that address', async () => {
  expect(
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
  ).toBe('app://portcullis/index.html');
  const inline = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.head.append(script);
    return Reflect.get(window, 'inlineRan') === true;
  });
  expect(inline).toBe(false);
});

test('the page can neither leave, nor open a window, nor connect anywhere', async () => {
  await page.evaluate(() => void window.open('https://example.invalid/'));
  await page.evaluate(() => {
    location.href = 'https://example.invalid/';
  });
  await expectSoon(() =>
    electron.evaluate(() => fixture.logged.filter((line) => line.includes('navigation-refused')).length),
  ).toBeGreaterThanOrEqual(2);
  expect(
    await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'sent',
        () => 'refused',
      ),
    ),
  ).toBe('refused');
  await expect(page.getByRole('heading', { name: 'Fixture' })).toBeVisible();
  await expectSoon(() => electron.windows().length).toBe(1);
});

test('only a file of settings made by the page itself is saved', async () => {
  const offer = (name: string): Promise<void> =>
    page.evaluate((download) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['{}'], { type: 'application/json' }));
      link.download = download;
      link.click();
    }, name);
  const decided = (): Promise<readonly unknown[]> =>
    electron.evaluate((api) =>
      (api as unknown as WithStandIn).standIn.calls
        .filter((call) => call.api === 'session.will-download')
        .map(({ args }) => args),
    );
  await offer('settings.json');
  await expectSoon(decided).toEqual([['settings.json', 'saved']]);
  await offer('settings.exe');
  await expectSoon(decided).toEqual([
    ['settings.json', 'saved'],
    ['settings.exe', 'refused'],
  ]);
});

test('closing hides the window, and the app lives on in the tray', async () => {
  const visible = (): Promise<boolean | undefined> =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  expect(await visible()).toBe(false);
  await electron.evaluate((api) => (api as unknown as WithStandIn).standIn.trays[0]?.click());
  expect(await visible()).toBe(true);
  await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(await visible()).toBe(false);
  await expect(page.locator('#snapshot')).toHaveText('0');
});

test('the tray shows its model, and a clicked entry hands back its token', async () => {
  const seen = await electron.evaluate((api) => {
    const { standIn } = api as unknown as WithStandIn;
    const chosen: string[] = [];
    const { tray } = fixture.double.parts;
    tray.onChosen((token) => chosen.push(token));
    tray.render({
      icon: 'attention',
      count: 1,
      tooltip: 'One request',
      entries: [
        { type: 'label', label: 'Tom' },
        { type: 'separator' },
        {
          type: 'submenu',
          label: 'Answer',
          entries: [
            { type: 'action', label: 'Deny', enabled: true, token: 'deny-token' },
            { type: 'action', label: 'Approve', enabled: false, token: 'approve-token' },
          ],
        },
      ],
    });
    standIn.clickTrayMenu('Answer', 'Deny');
    const { toolTip, image } = standIn.trays[0] ?? {};
    return { chosen, toolTip, icon: image?.path.split('/').at(-1), menu: standIn.trayMenuText() };
  });
  expect(seen).toEqual({
    chosen: ['deny-token'],
    toolTip: 'One request',
    icon: 'attention-1.ico',
    menu: ['(Tom)', '-', ['Answer', ['Deny', '(Approve)']]],
  });
});

test('a notification button hands back its token, and the plain click only opens', async () => {
  const activated = await electron.evaluate(async (api) => {
    const { standIn } = api as unknown as WithStandIn;
    const tokens: string[] = [];
    const { notifier } = fixture.double.parts;
    notifier.onActivated((token) => tokens.push(token));
    const actions = [
      { token: 'deny-token', label: 'Deny' },
      { token: 'approve-token', label: 'Approve' },
    ];
    const spec = {
      id: 'n1',
      title: 'Tom',
      body: 'wants in',
      urgency: 'critical',
      actions,
      openToken: 'open-token',
    } as const;
    await notifier.show(spec);
    standIn.pressNotification('Approve');
    await notifier.show({ ...spec, id: 'n2' });
    standIn.pressNotification();
    return tokens;
  });
  expect(activated).toEqual(['approve-token', 'open-token']);
});

test('the keychain process and the settings store work as the host starts them', async () => {
  expect(await electron.evaluate(() => fixture.echo({ id: 1 }))).toEqual({ echo: { id: 1 } });
  await electron.evaluate(() => {
    fixture.writeSettings();
  });
  const file = path.join(dataDir, 'settings.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ version: 1 });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a window whose page crashed is made anew when it is opened', async () => {
  await electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expectSoon(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(
    0,
  );
  const opened = electron.waitForEvent('window');
  await electron.evaluate(() => {
    fixture.double.parts.window.open(null);
  });
  await expect((await opened).locator('#snapshot')).toHaveText('0');
});

test('quitting from the window stops the app and ends the process', async () => {
  const child = electron.process();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const asked = page.evaluate(() => {
    void window.portcullis?.invoke('app.quit', undefined);
  });
  // The app may be gone before the page says that it asked; what counts is how the app ends.
  await asked.catch(() => undefined);
  expect(await ended).toBe(0);
});
