import { z } from 'zod';
import type { CommandInput, CommandName } from './api.ts';
import { channelSettingKeys, type ChannelPlanInput } from './channels.ts';
import type { GuardSetupInput } from './guard/guard-view.ts';
import type { RuleChange } from './guard/rule-change.ts';
import { sendAnswers } from './guard/send-answer.ts';
import { deviceNameMax, longestContact } from './people.ts';
import { silenceModes } from './silence.ts';
import { mostSettingsText } from './settings-transfer.ts';
import { settingsPatchSchema } from './settings.ts';

/** Bounds: a request key is `<kind>:<id>`; gateway ids are at most 64 characters today. */
const requestKey = z.string().min(3).max(300);
const revision = z.int().nonnegative();
const nothing = z.undefined();
const settingsText = z.strictObject({ text: z.string().max(mostSettingsText) });
/** More than the window shows at once. */
const mostCleared = 1000;

const channelName = z.string().min(1).max(64);
const accountName = z.string().min(1).max(128);
const address = z.string().min(1).max(400);
const ruleNote = z.string().max(500);
const region = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .nullable();
const ruleAccount = { channel: channelName, account: accountName };
const allowRule = z.strictObject({ to: address, until: z.int().nonnegative().nullable(), note: ruleNote });
const denyRule = z.strictObject({ to: address, note: ruleNote });
const blockedPerson = z.strictObject({ channel: channelName, to: address, note: ruleNote });
/** As many as one import may bring. */
const manyRules = 20_000;
const unlisted = z.enum(['allow', 'ask', 'deny']);
const pairingReply = z.enum(['send', 'silent']);
const accountEntry = z.strictObject({
  at: z.int().nonnegative(),
  unlisted,
  pairingReply,
  allowTo: z.array(allowRule).max(manyRules),
  denyTo: z.array(denyRule).max(manyRules),
});

const ruleChangeSchema: z.ZodType<RuleChange> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('allow'), ...ruleAccount, rules: z.array(allowRule).max(manyRules) }),
  z.strictObject({ type: z.literal('deny'), ...ruleAccount, rules: z.array(denyRule).max(manyRules) }),
  z.strictObject({
    type: z.literal('remove'),
    ...ruleAccount,
    list: z.enum(['allowTo', 'denyTo']),
    to: z.array(address).max(manyRules),
  }),
  z.strictObject({
    type: z.literal('unlisted'),
    ...ruleAccount,
    unlisted: unlisted.nullable(),
  }),
  z.strictObject({
    type: z.literal('pairing-reply'),
    ...ruleAccount,
    pairingReply,
  }),
  z.strictObject({ type: z.literal('block'), people: z.array(blockedPerson).max(manyRules) }),
  z.strictObject({
    type: z.literal('unblock'),
    people: z.array(z.strictObject({ channel: channelName, to: address })).max(manyRules),
  }),
  z.strictObject({ type: z.literal('region'), region }),
  z.strictObject({ type: z.literal('pause'), paused: z.boolean() }),
  z.strictObject({ type: z.literal('account'), ...ruleAccount, entry: accountEntry.nullable() }),
  z.strictObject({ type: z.literal('blocked'), people: z.array(blockedPerson).max(manyRules) }),
]);

/** Device ids are the hex digest of a key. */
const deviceId = z.string().regex(/^[0-9a-f]{64}$/);
const manyDevices = 1000;

const setupAction = z.enum(['install', 'update', 'remove']);
const setupInput: z.ZodType<GuardSetupInput> = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('plugin'), action: setupAction }),
  z.strictObject({ part: z.literal('strict'), action: setupAction, account: accountName }),
]);

const planId = z.string().min(1).max(100);
/** More people than any one list holds; the gateway itself has the last word. */
const manyPeople = 5000;
const settingValue = z.union([
  z.string().min(1).max(64),
  z.array(z.string().trim().min(1).max(400)).max(manyPeople),
  z.null(),
]);
const channelPlanInput: z.ZodType<ChannelPlanInput> = z.strictObject({
  ...ruleAccount,
  edits: z
    .array(z.strictObject({ key: z.enum(channelSettingKeys), value: settingValue }))
    .min(1)
    .max(channelSettingKeys.length),
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
  'requests.clearOld': z.strictObject({
    requests: z
      .array(z.strictObject({ key: requestKey, revision }))
      .min(1)
      .max(mostCleared),
  }),
  'send.answer': z.strictObject({ key: requestKey, revision, answer: z.enum(sendAnswers) }),
  'send.text': z.strictObject({ key: requestKey, revision }),
  'guard.pause': z.strictObject({ paused: z.boolean() }),
  'guard.rules': nothing,
  'guard.changeRules': z.strictObject({ revision, change: ruleChangeSchema }),
  'guard.restoreRules': nothing,
  'guard.understand': z.strictObject({ ...ruleAccount, to: z.string().max(400), region }),
  'guard.contacts': z.strictObject(ruleAccount),
  'guard.planSetup': setupInput,
  'guard.applySetup': z.strictObject({ id: planId }),
  'guard.selfTest': nothing,
  'setupCode.create': z.strictObject({ access: z.enum(['limited', 'full']), elevate: z.boolean() }),
  'setupCode.forget': nothing,
  'people.list': z.strictObject({ elevate: z.boolean() }),
  'people.removeContact': z.strictObject({
    ...ruleAccount,
    entry: z.string().min(1).max(longestContact),
    block: z.boolean(),
  }),
  'people.removeDevices': z.strictObject({
    deviceIds: z.array(deviceId).min(1).max(manyDevices),
    elevate: z.boolean(),
  }),
  'people.revokeToken': z.strictObject({ deviceId, role: z.string().min(1).max(64), elevate: z.boolean() }),
  'people.rename': z.strictObject({
    deviceId,
    name: z.string().trim().min(1).max(deviceNameMax),
    elevate: z.boolean(),
  }),
  'people.rotateOwnToken': nothing,
  'people.blockRequest': z.strictObject({ key: requestKey, revision }),
  'people.unblock': z.strictObject({ channel: channelName, to: address }),
  'silence.plan': z.strictObject({
    account: accountName,
    to: z.enum(silenceModes),
    until: z.int().nonnegative().nullable(),
  }),
  'silence.apply': z.strictObject({ id: planId, confirmed: z.boolean() }),
  'silence.undo': z.strictObject({ account: accountName, confirmed: z.boolean() }),
  'channels.list': nothing,
  'channels.plan': channelPlanInput,
  'channels.apply': z.strictObject({ id: planId, confirmed: z.boolean() }),
  'channels.history': nothing,
  'channels.undo': z.strictObject({ id: planId, confirmed: z.boolean() }),
  'gateway.restart': z.strictObject({ confirmed: z.boolean() }),
  'requests.refresh': nothing,
  'connection.retry': nothing,
  'connection.setToken': z.strictObject({ token: z.string().trim().min(1).max(2000) }),
  'keychain.useSession': nothing,
  'settings.patch': settingsPatchSchema,
  'settings.export': nothing,
  'settings.planImport': settingsText,
  'settings.import': settingsText,
  'loginItem.read': nothing,
  'loginItem.set': z.strictObject({ on: z.boolean() }),
  'notice.dismiss': z.strictObject({ id: z.string().min(1).max(100) }),
  'app.quit': nothing,
};
