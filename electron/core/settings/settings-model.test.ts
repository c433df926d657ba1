import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../contract/settings.ts';
import { settingsFormat, settingsVersion } from './settings-model.ts';

const chosen: Settings = {
  ...defaultSettings,
  gateway: { mode: 'remote', url: 'wss://gate.example/', tlsFingerprint: 'ab'.repeat(32) },
  gateways: [{ name: 'Office', gateway: { mode: 'local' } }],
  notifications: {
    ...defaultSettings.notifications,
    enabled: false,
    privacy: 'kind',
    quietHours: { ...defaultSettings.notifications.quietHours, enabled: true, from: 5, days: [1, 2] },
  },
  tellApprovedContacts: true,
  hideSendText: false,
  theme: 'dark',
  dateLocale: 'de-DE',
};

describe('the settings document', () => {
  it('reads back what it writes', () => {
    const document: unknown = JSON.parse(JSON.stringify(settingsFormat.write(chosen)));
    expect(document).toEqual({ version: settingsVersion, ...chosen });
    expect(settingsFormat.read(document)).toEqual({ ok: true, value: chosen });
  });

  it('takes a document without a number for the oldest and fills in the defaults', () => {
    expect(settingsFormat.read({ theme: 'light' })).toEqual({
      ok: true,
      value: { ...defaultSettings, theme: 'light' },
    });
  });

  it('reads what version 1 wrote', () => {
    const one = {
      gateway: { mode: 'remote', url: 'wss://gate.example:18789', tlsFingerprint: 'ab'.repeat(32) },
      gateways: [{ name: 'Home', gateway: { mode: 'local' } }],
      notifications: {
        enabled: true,
        kinds: { chat: true, devices: false, sends: true },
        privacy: 'kind',
        quietHours: {
          enabled: true,
          from: 1320,
          to: 420,
          days: [1, 2, 3],
          letThrough: { chat: false, devices: false, sends: true },
        },
      },
      tellApprovedContacts: true,
      hideSendText: false,
      theme: 'light',
      dateLocale: 'ja-JP',
    };
    expect(settingsFormat.read({ version: 1, ...one })).toMatchObject({ ok: true, value: one });
  });

  it('fills in the rest of a document that names only some settings, and takes none that nobody knows', () => {
    const gateway = { mode: 'remote', url: 'wss://gate.example:18789/', tlsFingerprint: null } as const;
    expect(settingsFormat.read({ gateway, tellApprovedContacts: true })).toEqual({
      ok: true,
      value: { ...defaultSettings, gateway, tellApprovedContacts: true },
    });
    expect(settingsFormat.read({ gateway, colour: 'red' })).toMatchObject({ ok: false });
  });

  it('does not read a newer document as its own', () => {
    const read = settingsFormat.read({ ...settingsFormat.write(chosen), version: settingsVersion + 1 });
    expect(read).toEqual({ ok: false, error: { kind: 'newer', version: settingsVersion + 1 } });
  });

  it.each([
    { what: 'a list', document: [], reason: 'document: invalid_type' },
    { what: 'null', document: null, reason: 'document: invalid_type' },
    { what: 'a text', document: 'settings', reason: 'document: invalid_type' },
    { what: 'a number that is none', document: { version: '1' }, reason: 'version: invalid_type' },
    { what: 'a negative number', document: { version: -1 }, reason: 'version: too_small' },
    {
      what: 'a missing setting',
      document: { version: settingsVersion, ...chosen, notifications: undefined },
      reason: 'notifications: invalid_type',
    },
    {
      what: 'two gateways of one name',
      document: { version: settingsVersion, ...chosen, gateways: [...chosen.gateways, ...chosen.gateways] },
      reason: 'gateways: custom',
    },
    {
      what: 'a day that does not exist and a minute that does not',
      document: {
        version: settingsVersion,
        ...chosen,
        notifications: {
          ...chosen.notifications,
          quietHours: { ...chosen.notifications.quietHours, days: [7], to: 1440 },
        },
      },
      reason: 'notifications.quietHours.to: too_big; notifications.quietHours.days.0: invalid_value',
    },
    {
      what: 'several wrong values',
      document: { version: settingsVersion, ...chosen, theme: 'pink', tellApprovedContacts: 'yes' },
      reason: 'tellApprovedContacts: invalid_type; theme: invalid_value',
    },
  ])('calls $what damaged and says where', ({ document, reason }) => {
    expect(settingsFormat.read(document)).toEqual({ ok: false, error: { kind: 'damaged', reason } });
  });

  it('never repeats a value from the file when it says what is wrong', () => {
    const secret = 'hunter2-hunter2-hunter2';
    const gateway = {
      mode: 'remote',
      url: `wss://eva:${secret}@gate.example/?token=${secret}`,
      tlsFingerprint: secret,
    };
    const read = settingsFormat.read({ version: settingsVersion, ...chosen, gateway });
    expect(read.ok ? '' : settingsFormat.describe(read.error)).not.toContain(secret);
    expect(read.ok).toBe(false);
  });

  it('says in words what is wrong', () => {
    expect(settingsFormat.describe({ kind: 'newer', version: 7 })).toBe(
      `version 7 is newer than ${String(settingsVersion)}`,
    );
    expect(settingsFormat.describe({ kind: 'damaged', reason: 'theme: invalid_value' })).toBe(
      'theme: invalid_value',
    );
  });
});
