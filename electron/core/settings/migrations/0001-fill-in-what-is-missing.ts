/** Version 1: every setting is written out. Version 0 had no number and named only what differs from the defaults. */
import { z } from 'zod';
import { gatewayChoiceSchema } from '../../../contract/settings-schema.ts';
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

/** Version 1 as it was written; later settings are not in it. */
export const settingsOne = z.strictObject({
  gateway: gatewayChoiceSchema,
  notifications: z.strictObject({ enabled: z.boolean(), showDetails: z.boolean() }),
  tellApprovedContacts: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
});

export type SettingsOne = z.infer<typeof settingsOne>;

export const defaultsOne: SettingsOne = {
  gateway: { mode: 'local' },
  notifications: { enabled: true, showDetails: true },
  tellApprovedContacts: false,
  theme: 'system',
};

export const fillInWhatIsMissing: Migration<UnnumberedSettings, SettingsOne> = {
  schema: settingsOne,
  up: (before) => ({
    ...defaultsOne,
    ...before,
    notifications: { ...defaultsOne.notifications, ...before.notifications },
  }),
};
