/**
 * The desktop that session.sh runs, for tests: what the owner sees and does (notifications, tray, screen), and what
 * happens to desktops (keyring locked, daemons restarted or hung). Nothing here knows the app.
 */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const here = import.meta.dirname;

/** Longer than any of the tools waits for what it is asked about. */
const toolMs = 180_000;

/** Whether this process runs inside a session.sh desktop; tests that need one fail with this in their message. */
export function insideDesktop(): boolean {
  return process.env['PORTCULLIS_DESKTOP'] !== undefined;
}

async function tool(name: string, args: readonly string[]): Promise<string> {
  if (!insideDesktop()) throw new Error(`Run this inside e2e/desktop/session.sh: ${name} needs a desktop.`);
  const { stdout } = await run(join(here, name), [...args], { timeout: toolMs });
  return stdout;
}

// ------------------------------------------------------------------ notifications (needs --a11y)

const shownNotification = z.strictObject({
  /** Title and body as rendered, top to bottom. */
  texts: z.array(z.string()).readonly(),
  buttons: z.array(z.string()).readonly(),
});
export type ShownNotification = z.infer<typeof shownNotification>;

async function readNotifications(...args: readonly string[]): Promise<readonly ShownNotification[]> {
  return z
    .array(shownNotification)
    .parse(JSON.parse(await tool('bin/notifications.py', ['list', ...args])) as unknown);
}

/** What is on the screen now. */
export function listNotifications(): Promise<readonly ShownNotification[]> {
  return readNotifications();
}

/** Waits until a notification shows this text; returns all that are on the screen. */
export function waitForNotification(text: string): Promise<readonly ShownNotification[]> {
  return readNotifications(`--until-showing=${text}`);
}

/** Waits until no notification shows this text; returns what is left on the screen. */
export function waitForNotificationGone(text: string): Promise<readonly ShownNotification[]> {
  return readNotifications(`--until-gone=${text}`);
}

export interface PressOptions {
  /** Only in the notification that shows this text. */
  readonly containing?: string;
  /** Move the real pointer there and click, instead of the accessible action. */
  readonly mouse?: boolean;
}

/** Waits for the button and presses it. */
export async function pressNotificationButton(label: string, options: PressOptions = {}): Promise<void> {
  const containing = options.containing === undefined ? [] : [`--containing=${options.containing}`];
  const mouse = options.mouse === true ? ['--mouse'] : [];
  await tool('bin/notifications.py', ['press', ...containing, ...mouse, '--', label]);
}

/** Clicks the text of the notification with the real pointer; this daemon closes it then, unanswered. */
export async function dismissNotification(text: string): Promise<void> {
  await tool('bin/notifications.py', ['click', `--containing=${text}`]);
}

// ------------------------------------------------------------------ tray

const trayItem = z.strictObject({
  service: z.string(),
  path: z.string(),
  id: z.string(),
  title: z.string(),
  /** Passive, Active or NeedsAttention. */
  status: z.string(),
  toolTip: z.string(),
  /** Width of each icon offered, in pixels. */
  iconSizes: z.array(z.number()).readonly(),
});
export type TrayItem = z.infer<typeof trayItem>;

export interface TrayMenuEntry {
  readonly id: number;
  readonly type: string;
  readonly label: string;
  readonly enabled: boolean;
  readonly children: readonly TrayMenuEntry[];
}
const trayMenuEntry: z.ZodType<TrayMenuEntry> = z.strictObject({
  id: z.number(),
  type: z.string(),
  label: z.string(),
  enabled: z.boolean(),
  get children() {
    return z.array(trayMenuEntry).readonly();
  },
});

/** The items that are registered with the tray now. */
export async function listTrayItems(): Promise<readonly TrayItem[]> {
  return z.array(trayItem).parse(JSON.parse(await tool('bin/tray.py', ['items'])) as unknown);
}

/** Waits for the item and reads its menu the way a tray host does. The root is an entry without label. */
export async function trayMenu(itemId: string): Promise<TrayMenuEntry> {
  return trayMenuEntry.parse(JSON.parse(await tool('bin/tray.py', ['menu', itemId])) as unknown);
}

/** Clicks the only icon in the tray with the real pointer. */
export async function clickTray(itemId: string, button: 'left' | 'middle' | 'right' = 'left'): Promise<void> {
  const number = { left: '1', middle: '2', right: '3' }[button];
  await tool('bin/tray.py', ['click', itemId, '--button', number]);
}

/** Opens the menu of the only icon and chooses an entry by its labels, outermost first. */
export async function chooseTrayEntry(itemId: string, ...labels: readonly string[]): Promise<void> {
  await tool('bin/tray.py', ['choose', itemId, '--', ...labels]);
}

/** Opens the menu of the only icon and leaves it open, for a picture. */
export async function openTrayMenu(itemId: string): Promise<void> {
  await tool('bin/tray.py', ['open', itemId]);
}
export async function closeTrayMenu(): Promise<void> {
  await run('xdotool', ['key', 'Escape'], { timeout: toolMs });
}

// ------------------------------------------------------------------ what happens to desktops

/** The parts a test may take away; see part.sh. */
export type DesktopPart = 'bus' | 'keyring' | 'notifications' | 'tray';

export async function stopPart(part: DesktopPart): Promise<void> {
  await tool('part.sh', ['stop', part]);
}
export async function startPart(part: DesktopPart): Promise<void> {
  await tool('part.sh', ['start', part]);
}
export async function restartPart(part: DesktopPart): Promise<void> {
  await tool('part.sh', ['restart', part]);
}
/** The part keeps its bus name and answers nothing until `thawPart`. */
export async function freezePart(part: DesktopPart): Promise<void> {
  await tool('part.sh', ['freeze', part]);
}
export async function thawPart(part: DesktopPart): Promise<void> {
  await tool('part.sh', ['thaw', part]);
}

export function restartNotificationDaemon(): Promise<void> {
  return restartPart('notifications');
}
export function restartTray(): Promise<void> {
  return restartPart('tray');
}
export async function lockKeyring(): Promise<void> {
  await tool('bin/keyring.py', ['lock']);
}
export async function unlockKeyring(): Promise<void> {
  await tool('bin/keyring.py', ['unlock']);
}

// ------------------------------------------------------------------ pictures

/** Where pictures are kept: `$PORTCULLIS_ARTIFACTS`, or `artifacts` in the current folder. */
export function artifactPath(name: string): string {
  return resolve(process.env['PORTCULLIS_ARTIFACTS'] ?? 'artifacts', name);
}

/** The part of the screen to keep: pixels from the top left corner. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Keeps a picture of the screen, or of a part of it, as PNG. */
export async function screenshot(path: string, area?: Area): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const crop = area ? ['-crop', `${area.width}x${area.height}+${area.left}+${area.top}`, '+repage'] : [];
  await run('import', ['-window', 'root', ...crop, path], { timeout: toolMs });
}
