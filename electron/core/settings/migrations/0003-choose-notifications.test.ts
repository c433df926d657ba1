import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../contract/settings.ts';
import { defaultsOne } from './0001-fill-in-what-is-missing.ts';
import { chooseNotifications } from './0003-choose-notifications.ts';

const before = { ...defaultsOne, hideSendText: false };

describe('migration 3, to notifications by choice', () => {
  it.each([
    { what: 'shown with details', old: { enabled: true, showDetails: true }, privacy: 'names' },
    { what: 'shown without details', old: { enabled: true, showDetails: false }, privacy: 'nothing' },
    { what: 'turned off', old: { enabled: false, showDetails: true }, privacy: 'names' },
  ] as const)('keeps notifications $what', ({ old, privacy }) => {
    expect(chooseNotifications.up({ ...before, theme: 'dark', notifications: old })).toEqual({
      ...before,
      theme: 'dark',
      notifications: { ...defaultSettings.notifications, enabled: old.enabled, privacy },
    });
  });

  it('begins with every kind shown and without quiet hours', () => {
    const { notifications } = chooseNotifications.up(before);
    expect([notifications.kinds, notifications.quietHours.enabled]).toEqual([
      { chat: true, devices: true, sends: true },
      false,
    ]);
  });
});
