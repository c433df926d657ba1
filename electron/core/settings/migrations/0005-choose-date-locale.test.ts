import { expect, it } from 'vitest';
import { defaultSettings } from '../../../contract/settings.ts';
import { chooseDateLocale } from './0005-choose-date-locale.ts';

it('goes on to write dates as the system does, and keeps everything else', () => {
  const { gateway, gateways, notifications, tellApprovedContacts, hideSendText } = defaultSettings;
  const before = {
    gateway,
    gateways,
    notifications,
    tellApprovedContacts,
    hideSendText,
    theme: 'dark',
  } as const;
  expect(chooseDateLocale.up(before)).toEqual({ ...defaultSettings, theme: 'dark' });
});
