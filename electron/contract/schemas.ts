import { z } from 'zod';
import type { CommandInput, CommandName } from './api.ts';
import type { GatewayChoice, Settings, SettingsPatch } from './settings.ts';

/** Bounds: a request key is `<kind>:<id>`; gateway ids are at most 64 characters today. */
const requestKey = z.string().min(3).max(300);
const revision = z.int().nonnegative();
const nothing = z.undefined();

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

const notificationsSchema = z.strictObject({ enabled: z.boolean(), showDetails: z.boolean() });
const themeSchema = z.enum(['system', 'light', 'dark']);

export const settingsSchema: z.ZodType<Settings> = z.strictObject({
  gateway: gatewayChoiceSchema,
  notifications: notificationsSchema,
  tellApprovedContacts: z.boolean(),
  theme: themeSchema,
});

export const settingsPatchSchema: z.ZodType<SettingsPatch> = z.strictObject({
  gateway: gatewayChoiceSchema.exactOptional(),
  notifications: notificationsSchema.exactOptional(),
  tellApprovedContacts: z.boolean().exactOptional(),
  theme: themeSchema.exactOptional(),
});

/** One schema per command; a command without one does not compile. */
export const commandSchemas: { readonly [K in CommandName]: z.ZodType<CommandInput<K>> } = {
  'snapshot.get': nothing,
  'request.approve': z.strictObject({
    key: requestKey,
    revision,
    elevate: z.boolean(),
    notifyContact: z.boolean(),
  }),
  'request.deny': z.strictObject({ key: requestKey, revision }),
  'requests.refresh': nothing,
  'connection.retry': nothing,
  'connection.setToken': z.strictObject({ token: z.string().trim().min(1).max(2000) }),
  'keychain.useSession': nothing,
  'settings.patch': settingsPatchSchema,
  'notice.dismiss': z.strictObject({ id: z.string().min(1).max(100) }),
  'app.quit': nothing,
};
