/** What settings may hold, checked wherever they come from: a window, the disk, a file the owner brings. */
import { z } from 'zod';
import type {
  ByNoticeKind,
  GatewayChoice,
  GatewayProfile,
  NotificationSettings,
  QuietHours,
  Settings,
  SettingsPatch,
  Weekday,
} from './settings.ts';
import { dateLocales, privacyLevels } from './settings.ts';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** wss anywhere; plain ws only to this machine, because a token would cross the network in the clear. */
export const gatewayUrl = z
  .union([z.url({ protocol: /^wss$/ }), z.url({ protocol: /^ws$/, hostname: loopback })])
  .check(z.maxLength(300), z.regex(/^[^@?#]*$/, 'Leave user, query and token out of the address.'));

/** Accepts the usual spellings (colons, upper case) and stores one. */
export const tlsFingerprint = z
  .string()
  .transform((value) => value.replaceAll(':', '').trim().toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 fingerprint has 64 hex digits.'));

export const gatewayChoiceSchema: z.ZodType<GatewayChoice> = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('local') }),
  z.strictObject({ mode: z.literal('remote'), url: gatewayUrl, tlsFingerprint: tlsFingerprint.nullable() }),
]);

const mostProfiles = 50;
const mostNameLength = 60;

export const gatewayProfilesSchema: z.ZodType<readonly GatewayProfile[]> = z
  .array(
    z.strictObject({
      name: z.string().trim().min(1).max(mostNameLength),
      gateway: gatewayChoiceSchema,
    }),
  )
  .max(mostProfiles)
  .refine(haveTheirOwnNames, 'Two gateways have the same name.');

const byNoticeKind: z.ZodType<ByNoticeKind> = z.strictObject({
  chat: z.boolean(),
  devices: z.boolean(),
  sends: z.boolean(),
});

const minuteOfDay = z
  .int()
  .min(0)
  .max(24 * 60 - 1);
const weekday: z.ZodType<Weekday> = z.literal([0, 1, 2, 3, 4, 5, 6]);

const quietHoursSchema: z.ZodType<QuietHours> = z.strictObject({
  enabled: z.boolean(),
  from: minuteOfDay,
  to: minuteOfDay,
  days: z
    .array(weekday)
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'A day is named twice.'),
  letThrough: byNoticeKind,
});

/** The shape of version 3; the migration to it and the newest version share it while it holds for both. */
export const notificationsSchema: z.ZodType<NotificationSettings> = z.strictObject({
  enabled: z.boolean(),
  kinds: byNoticeKind,
  privacy: z.enum(privacyLevels),
  quietHours: quietHoursSchema,
});

const dateLocaleSchema = z.enum(dateLocales);
const themeSchema = z.enum(['system', 'light', 'dark']);

export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  gateway: gatewayChoiceSchema,
  gateways: gatewayProfilesSchema,
  notifications: notificationsSchema,
  tellApprovedContacts: z.boolean(),
  hideSendText: z.boolean(),
  theme: themeSchema,
  dateLocale: dateLocaleSchema,
});

export const settingsPatchSchema: z.ZodType<SettingsPatch> = z.strictObject({
  gateway: gatewayChoiceSchema.exactOptional(),
  gateways: gatewayProfilesSchema.exactOptional(),
  notifications: notificationsSchema.exactOptional(),
  tellApprovedContacts: z.boolean().exactOptional(),
  hideSendText: z.boolean().exactOptional(),
  theme: themeSchema.exactOptional(),
  dateLocale: dateLocaleSchema.exactOptional(),
});

function haveTheirOwnNames(profiles: readonly GatewayProfile[]): boolean {
  return new Set(profiles.map(({ name }) => name)).size === profiles.length;
}
