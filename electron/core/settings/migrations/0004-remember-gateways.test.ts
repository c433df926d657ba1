import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../contract/settings.ts';
import { rememberGateways } from './0004-remember-gateways.ts';

const { gateway: local, notifications, tellApprovedContacts, hideSendText, theme } = defaultSettings;
const before = { gateway: local, notifications, tellApprovedContacts, hideSendText, theme };

describe('migration 4, to remembered gateways', () => {
  it('remembers none for who uses the one on this computer', () => {
    expect(rememberGateways.up(before)).toEqual({ ...before, gateways: [] });
  });

  it.each([
    ['wss://gate.example:18789/', 'gate.example:18789'],
    [`wss://${'a'.repeat(63)}.example/path`, 'a'.repeat(60)],
  ])('remembers the remote one in use: %s', (url, name) => {
    const gateway = { mode: 'remote', url, tlsFingerprint: null } as const;
    const after = rememberGateways.up({ ...before, gateway });
    expect(after).toEqual({ ...before, gateway, gateways: [{ name, gateway }] });
    expect(rememberGateways.schema.safeParse(after).success).toBe(true);
  });
});
