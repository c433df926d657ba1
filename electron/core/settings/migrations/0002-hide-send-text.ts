/** Version 2: whether the text of a stopped message is hidden until asked for. Nobody was asked, so it is hidden. */
import { z } from 'zod';
import type { Migration } from '../versions.ts';
import { settingsOne, type SettingsOne } from './0001-fill-in-what-is-missing.ts';

/** Version 2 as it was written; later settings are not in it. */
export const settingsTwo = settingsOne.extend({ hideSendText: z.boolean() });

export type SettingsTwo = z.infer<typeof settingsTwo>;

export const hideSendText: Migration<SettingsOne, SettingsTwo> = {
  schema: settingsTwo,
  up: (before) => ({ ...before, hideSendText: true }),
};
