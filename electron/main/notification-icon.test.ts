import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { notificationIcon } from './notification-icon.ts';

it('is a file where there is one to read', () => {
  const icon = notificationIcon(path.join(import.meta.dirname, '../../assets'));
  expect([path.isAbsolute(icon), existsSync(icon)]).toEqual([true, true]);
});

it('goes by its name where the app is packed into an archive', () => {
  expect(notificationIcon('/opt/Portcullis/resources/app.asar/assets')).toBe('portcullis');
});
