/**
 * Version 3: notifications per kind, what they say, and quiet hours. Who had details hidden is shown nothing from now
 * on rather than a little more than before.
 */
import type { z } from 'zod';
import { notificationsSchema } from '../../../contract/settings-schema.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import type { Migration } from '../versions.ts';
import { settingsTwo, type SettingsTwo } from './0002-hide-send-text.ts';

/** Version 3 as it was written; later settings are not in it. */
export const settingsThree = settingsTwo.extend({ notifications: notificationsSchema });

export type SettingsThree = z.infer<typeof settingsThree>;

export const chooseNotifications: Migration<SettingsTwo, SettingsThree> = {
  schema: settingsThree,
  up: ({ notifications: { enabled, showDetails }, ...rest }) => ({
    ...rest,
    notifications: {
      ...defaultSettings.notifications,
      enabled,
      privacy: showDetails ? 'names' : 'nothing',
    },
  }),
};
