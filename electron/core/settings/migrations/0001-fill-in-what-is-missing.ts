/** Version 1: every setting is written out. Version 0 had no number and named only what differs from the defaults. */
import { z } from 'zod';
import { gatewayChoiceSchema, settingsSchema } from '../../../contract/schemas.ts';
import { defaultSettings, type Settings } from '../../../contract/settings.ts';
import type { Migration } from '../versions.ts';

/** As a person or a set-up script writes it by hand. */
export const unnumberedSettings = z.strictObject({
  gateway: gatewayChoiceSchema.exactOptional(),
  notifications: z
    .strictObject({ enabled: z.boolean().exactOptional(), showDetails: z.boolean().exactOptional() })
    .exactOptional(),
  tellApprovedContacts: z.boolean().exactOptional(),
  theme: z.enum(['system', 'light', 'dark']).exactOptional(),
});

export type UnnumberedSettings = z.infer<typeof unnumberedSettings>;

export const fillInWhatIsMissing: Migration<UnnumberedSettings, Settings> = {
  schema: settingsSchema,
  up: (before) => ({
    ...defaultSettings,
    ...before,
    notifications: { ...defaultSettings.notifications, ...before.notifications },
  }),
};
