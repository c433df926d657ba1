/** The settings, with as much to show as there can be. */
import { ok } from '../../electron/contract/result.ts';
import { defaultSettings } from '../../electron/contract/settings.ts';
import { snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import type { PageScreen } from './page-screen.ts';

const autostart = {
  path: '/home/eva/.config/autostart/portcullis.desktop',
  content: '[Desktop Entry]\nType=Application\nName=Portcullis\nExec="/opt/portcullis/portcullis"\n',
};

export function openSettings(): PageScreen {
  const quietHours = { ...defaultSettings.notifications.quietHours, enabled: true };
  const office = { mode: 'remote', url: 'wss://gateway.office.example:18789', tlsFingerprint: null } as const;
  const settings = {
    ...defaultSettings,
    gateways: [
      { name: 'Home', gateway: { mode: 'local' as const } },
      { name: 'Office', gateway: office },
    ],
    notifications: { ...defaultSettings.notifications, quietHours },
  };
  return {
    snapshot: snapshotWith([], { settings }),
    section: 'Settings',
    answers: { 'loginItem.read': ok({ state: 'off', writes: autostart }) },
  };
}
