/** The core flow under Electron itself, wherever its binary is; elsewhere it is listed as skipped, never faked. */
import { strangerWrites } from '../../build/demo/visitors.ts';
import { electronBinary } from '../../build/setup/electron-binary.mjs';
import { startDesktopApp } from '../fixtures/desktop-app.ts';
import { expect, test } from '../fixtures/test.ts';

const binary = electronBinary();

test.describe('@real-electron', () => {
  test.skip(binary === null, 'needs an Electron binary (npx install-electron) @real-electron');

  test('a stranger is let in from the window at app://portcullis', async ({ gateway, operator, place }) => {
    const app = await startDesktopApp(place, binary ?? '');
    const { window } = app;
    try {
      await window.expectConnected();
      expect(await app.address()).toBe('app://portcullis/index.html');
      const stranger = '+15551230901';
      await strangerWrites(gateway, stranger, 'Hello, is this the assistant?');
      await window.approve(stranger);
      await window.expectAnswered(stranger, 'Approved');
      expect(await operator.sendersWaiting()).toEqual([]);
    } finally {
      await app.quit();
    }
    expect(app.complaints).toEqual([]);
  });
});
