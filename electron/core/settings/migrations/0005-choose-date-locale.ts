/** Version 5: how dates and times are written. Until now the system decided, so it goes on to. */
import { settingsSchema } from '../../../contract/settings-schema.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { Migration } from '../versions.ts';
import type { SettingsFour } from './0004-remember-gateways.ts';

export const chooseDateLocale: Migration<SettingsFour, Settings> = {
  schema: settingsSchema,
  up: (before) => ({ ...before, dateLocale: 'system' }),
};
