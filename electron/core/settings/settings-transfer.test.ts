import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../contract/settings.ts';
import { exportSettings, planImport, readExported } from './settings-transfer.ts';

const { notifications } = defaultSettings;
const office = { mode: 'remote', url: 'wss://gate.example:18789', tlsFingerprint: 'ab'.repeat(32) } as const;
const chosen: Settings = {
  ...defaultSettings,
  gateway: office,
  gateways: [{ name: 'Office', gateway: office }],
  notifications: {
    enabled: true,
    kinds: { chat: false, devices: true, sends: true },
    privacy: 'kind',
    quietHours: { ...notifications.quietHours, enabled: true, days: [1, 2], to: 390 },
  },
  tellApprovedContacts: true,
  hideSendText: false,
  theme: 'dark',
  dateLocale: 'sv-SE',
};

describe('settings to take along', () => {
  it('come back as they were', () => {
    expect(readExported(exportSettings(chosen).text)).toEqual({ ok: true, value: chosen });
  });

  it('are read from older versions, too', () => {
    expect(readExported('\u{feff}{"theme":"dark"}')).toEqual({
      ok: true,
      value: { ...defaultSettings, theme: 'dark' },
    });
  });

  it.each([
    ['no JSON', 'theme: dark', 'it is not JSON'],
    ['a list', '[]', 'document: invalid_type'],
    ['somebody else’s', '{"colour":"red"}', 'document: unrecognized_keys'],
    ['a newer version', '{"version":99}', 'newer Portcullis'],
    [
      'a gateway with a token in its address',
      JSON.stringify({ gateway: { mode: 'remote', url: 'wss://a.example/?token=x', tlsFingerprint: null } }),
      'gateway.url',
    ],
  ])('refuse %s as a whole, and say why without quoting it', (_what, text, reason) => {
    const plan = planImport(text, defaultSettings);
    expect(plan).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(plan.ok ? '' : plan.error.message).toContain(reason);
    expect(plan.ok ? '' : plan.error.message).not.toContain('token');
  });

  it('show what they would change, in words, and nothing when all is set already', () => {
    const { text } = exportSettings(chosen);
    expect(planImport(text, chosen)).toEqual({ ok: true, value: { changes: [] } });
    const plan = planImport(text, defaultSettings);
    const gateway = `wss://gate.example:18789 with certificate ${'ab'.repeat(32)}`;
    expect(plan.ok && plan.value.changes.map(({ label, before, after }) => [label, before, after])).toEqual([
      ['Gateway', 'on this computer', gateway],
      ['Remembered gateways', 'none', `Office: ${gateway}`],
      [
        'Notifications about',
        'chat contacts, devices and nodes, stopped messages',
        'devices and nodes, stopped messages',
      ],
      ['What a notification shows', 'who asks', 'only what asks'],
      [
        'Quiet hours',
        'off, 22:00 to 07:00, every day, letting through: nothing',
        'on, 22:00 to 06:30, Mon, Tue, letting through: nothing',
      ],
      ['Tell contacts when they are approved', 'off', 'on'],
      ['Hide the text of stopped messages', 'on', 'off'],
      ['Theme', 'like the system', 'dark'],
      ['Dates and times', 'like the system', 'sv-SE'],
    ]);
  });

  it('make hidden characters in names visible', () => {
    const { text } = exportSettings({
      ...defaultSettings,
      gateways: [{ name: 'Home\u202Eeciffo', gateway: { mode: 'local' } }],
    });
    const plan = planImport(text, defaultSettings);
    expect(plan.ok && plan.value.changes[0]?.after).toContain('⟨U+202E⟩');
  });
});
