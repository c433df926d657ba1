/** The core flow under Electron itself, wherever its binary is; elsewhere these are listed as skipped, never faked. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pressNotificationButton } from '../desktop/bench.ts';
import { Arrivals } from '../fixtures/arrivals.ts';
import { startDesktopApp } from '../fixtures/desktop-app.ts';
import { repository } from '../fixtures/places.ts';
import { expect, test } from '../fixtures/test.ts';

/** As the `electron` package finds it. @returns null where it was not downloaded */
function electronBinary(): string | null {
  const packageDir = path.join(repository, 'node_modules/electron');
  const pathFile = path.join(packageDir, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(packageDir, 'dist');
  const binary = path.join(dist, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

const binary = electronBinary();

test.describe('@real-electron', () => {
  test.skip(binary === null, 'needs an Electron binary (npx install-electron) @real-electron');

  test('a stranger is let in with one press on the notification', async ({ gateway, operator, place }) => {
    await operator.clear();
    const app = await startDesktopApp(place, binary ?? '');
    try {
      await app.window.expectConnected();
      expect(await app.address()).toBe('app://portcullis/index.html');
      const stranger = '+15551230901';
      await new Arrivals(gateway, operator, app.window).contact(stranger);
      await app.window.expectArmed(stranger);
      await pressNotificationButton('Approve', { containing: stranger });
      await app.window.expectAnswered(stranger, 'Approved');
      expect(await operator.sendersWaiting()).toEqual([]);
      expect(app.complaints).toEqual([]);
    } finally {
      await app.quit();
    }
  });
});
