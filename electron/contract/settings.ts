/**
 * What settings may hold, checked wherever they come from: a window, the disk, a file the owner brings. Secrets are
 * never here: they live in the keychain. The window takes types from here, and values from `setting-choices.ts`.
 */
import { z } from 'zod';
import type { Parsed } from './parsed.ts';
import {
  dateLocales,
  everyDay,
  longestGatewayName,
  noticeKinds,
  privacyLevels,
  themes,
} from './setting-choices.ts';

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/** wss anywhere; plain ws only to this machine, because a token would cross the network in the clear. */
export const gatewayUrl = z
  .union([z.url({ protocol: /^wss$/ }), z.url({ protocol: /^ws$/, hostname: loopback })])
  .check(z.maxLength(300), z.regex(/^[^@?#]*$/, 'Leave user, query and token out of the address.'));

/** SHA-256 of a certificate. Accepts the usual spellings (colons, upper case) and stores one. */
export const tlsFingerprint = z
  .string()
  .transform((value) => value.replaceAll(':', '').trim().toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 fingerprint has 64 hex digits.'));

/** Which gateway to talk to. */
const gatewayChoice = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('local') }),
  z.strictObject({
    mode: z.literal('remote'),
    url: gatewayUrl,
    /** Null: a publicly trusted certificate. */
    tlsFingerprint: tlsFingerprint.nullable(),
  }),
]);
export type GatewayChoice = Parsed<typeof gatewayChoice>;

const mostProfiles = 50;

/** A gateway the owner wants to come back to. What opens it stays in the keychain, under the gateway's own id. */
const gatewayProfile = z.strictObject({
  /** Told apart by it. */
  name: z.string().trim().min(1).max(longestGatewayName),
  gateway: gatewayChoice,
});

export type NoticeKind = (typeof noticeKinds)[number];
const byNoticeKind = z.record(z.enum(noticeKinds), z.boolean());
export type ByNoticeKind = Parsed<typeof byNoticeKind>;

export type PrivacyLevel = (typeof privacyLevels)[number];
export type Weekday = (typeof everyDay)[number];
export type DateLocale = (typeof dateLocales)[number];

/** Since midnight, this machine's time. */
const minuteOfDay = z
  .int()
  .min(0)
  .max(24 * 60 - 1);
const hour = 60;

const quietHours = z.strictObject({
  enabled: z.boolean(),
  from: minuteOfDay,
  /** At or before `from`: the next day. */
  to: minuteOfDay,
  /** On which days they begin. */
  days: z
    .array(z.literal(everyDay))
    .max(everyDay.length)
    .refine((days) => new Set(days).size === days.length, 'A day is named twice.'),
  /** What pops up all the same. */
  letThrough: byNoticeKind,
});
export type QuietHours = Parsed<typeof quietHours>;

const notificationSettings = z.strictObject({
  enabled: z.boolean(),
  kinds: byNoticeKind,
  privacy: z.enum(privacyLevels),
  quietHours,
});
export type NotificationSettings = Parsed<typeof notificationSettings>;

export const settingsSchema = z.strictObject({
  gateway: gatewayChoice,
  /** Remembered ones; the one in use need not be among them. */
  gateways: z
    .array(gatewayProfile)
    .max(mostProfiles)
    .refine(
      (profiles) => new Set(profiles.map(({ name }) => name)).size === profiles.length,
      'Two gateways have the same name.',
    ),
  notifications: notificationSettings,
  /** Tell an approved contact over the channel that access was granted. A visible choice, off at first. */
  tellApprovedContacts: z.boolean(),
  /** The text of a stopped message is shown only when asked for, and never in a notification. On at first. */
  hideSendText: z.boolean(),
  theme: z.enum(themes),
  /** How dates and times are written. The sentences themselves are English. */
  dateLocale: z.enum(dateLocales),
});
export type Settings = Parsed<typeof settingsSchema>;

/** Any of the settings; what is not named stays. */
export const settingsPatchSchema = settingsSchema.exactPartial();
export type SettingsPatch = Parsed<typeof settingsPatchSchema>;

export const defaultSettings: Settings = {
  gateway: { mode: 'local' },
  gateways: [],
  notifications: {
    enabled: true,
    kinds: { chat: true, devices: true, sends: true },
    privacy: 'names',
    quietHours: {
      enabled: false,
      from: 22 * hour,
      to: 7 * hour,
      days: everyDay,
      letThrough: { chat: false, devices: false, sends: false },
    },
  },
  tellApprovedContacts: false,
  hideSendText: true,
  theme: 'system',
  dateLocale: 'system',
};
