/** Version 4: gateways the owner wants to come back to. A remote one in use is remembered; nobody has to type it again. */
import type { z } from 'zod';
import { gatewayProfilesSchema } from '../../../contract/settings-schema.ts';
import type { Migration } from '../versions.ts';
import { settingsThree, type SettingsThree } from './0003-choose-notifications.ts';

/** Version 4 as it was written; later settings are not in it. */
const settingsFour = settingsThree.extend({ gateways: gatewayProfilesSchema });

export type SettingsFour = z.infer<typeof settingsFour>;

export const rememberGateways: Migration<SettingsThree, SettingsFour> = {
  schema: settingsFour,
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
