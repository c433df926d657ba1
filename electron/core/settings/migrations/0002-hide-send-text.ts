/** Version 2: whether the text of a stopped message is hidden until asked for. Nobody was asked, so it is hidden. */
import { settingsSchema } from '../../../contract/schemas.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { Migration } from '../versions.ts';
import type { SettingsOne } from './0001-fill-in-what-is-missing.ts';

export const hideSendText: Migration<SettingsOne, Settings> = {
  schema: settingsSchema,
  up: (before) => ({ ...before, hideSendText: true }),
};
