import { expect, it } from 'vitest';
import { trayIconFile } from './tray-icon.ts';

it.each([
  ['darwin', 'connected', 'dark', 'connectedTemplate.png'],
  ['darwin', 'attention', 'light', 'attentionTemplate.png'],
  ['win32', 'disconnected', 'dark', 'disconnected.ico'],
  ['linux', 'attention', 'dark', 'attention-dark.png'],
  ['linux', 'attention', 'light', 'attention-light.png'],
  ['freebsd', 'connected', 'light', 'connected-light.png'],
] as const)('on %s, %s on a %s bar is %s', (platform, icon, bar, file) => {
  expect(trayIconFile(platform, icon, bar)).toBe(file);
});
