/** Version 4: gateways the owner wants to come back to. A remote one in use is remembered; nobody has to type it again. */
import { settingsSchema } from '../../../contract/settings-schema.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { Migration } from '../versions.ts';
import type { SettingsThree } from './0003-choose-notifications.ts';

export const rememberGateways: Migration<SettingsThree, Settings> = {
  schema: settingsSchema,
  up: (before) => {
    const { gateway } = before;
    return { ...before, gateways: gateway.mode === 'local' ? [] : [{ name: nameOf(gateway.url), gateway }] };
  },
};

/** Longest first part of the address that fits. */
function nameOf(url: string): string {
  return url
    .replace(/^wss?:\/\//, '')
    .replace(/\/.*$/, '')
    .slice(0, 60);
}
