/** Runs inside the page before the window's own script and plays the app behind `window.portcullis`. */
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';
import { FakeBridge } from '../../renderer/bridge/bridge.double.ts';

declare global {
  interface Window {
    startFakeApp(snapshot: AppSnapshot): void;
    fakeApp: FakeBridge;
  }
}

window.startFakeApp = (snapshot) => {
  window.fakeApp = new FakeBridge(snapshot);
  Object.assign(window, { portcullis: window.fakeApp });
};
