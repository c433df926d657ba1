import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { trayIconFile } from './tray-icon.ts';

const folder = path.join(import.meta.dirname, '../../../assets/tray');

it.each([
  ['darwin', 'connected', 0, 'macos/connectedTemplate.png'],
  ['darwin', 'attention', 2, 'macos/attentionTemplate.png'],
  ['win32', 'disconnected', 0, 'windows/disconnected.ico'],
  ['win32', 'attention', 2, 'windows/attention-2.ico'],
  ['win32', 'attention', 10, 'windows/attention-more.ico'],
] as const)('on %s, %s with %s waiting is %s', (platform, icon, count, file) => {
  expect(trayIconFile(platform, { icon, count })).toBe(file);
});

const states = (['connected', 'disconnected', 'attention'] as const).flatMap((icon) =>
  Array.from({ length: 12 }, (_, count) => ({ icon, count })),
);

it.each(['darwin', 'win32'] as const)('every icon %s can ask for is among the assets', (platform) => {
  const files = states.map((state) => trayIconFile(platform, state));
  const retina = platform === 'darwin' ? files.map((file) => file.replace('.png', '@2x.png')) : [];
  expect([...files, ...retina].filter((file) => !existsSync(path.join(folder, file)))).toEqual([]);
});
