/** What a window may send with each command, and nothing else: every input is described here, once. */
import { z } from 'zod';
import { accountName, address, channelName, moment, planId, region, requestKey, revision } from './bounds.ts';
import { channelPlanInput } from './channel-edit.ts';
import { ruleAccount, ruleChange } from './guard/rule-change.ts';
import { sendAnswers } from './guard/send-answer.ts';
import { guardSetupInput } from './guard/setup-input.ts';
import type { Parsed } from './parsed.ts';
import { deviceNameMax, longestContact } from './people.ts';
import { settingsPatchSchema } from './settings.ts';
import { mostSettingsText } from './settings-transfer.ts';
import { setupAccesses } from './setup-code.ts';
import { silenceModes } from './silence.ts';

const nothing = z.undefined();
const settingsText = z.strictObject({ text: z.string().max(mostSettingsText) });
/** More than the window shows at once. */
const mostCleared = 1000;

/** `revision`: the one the owner looked at. */
const decision = z.strictObject({ key: requestKey, revision });
export type DecideInput = Parsed<typeof decision>;

const approval = decision.extend({
  /** The owner has read and confirmed the elevation this request needs. */
  elevate: z.boolean(),
  /** Chat contacts only: tell the contact. */
  notifyContact: z.boolean(),
});
export type ApproveInput = Parsed<typeof approval>;

const sendAnswer = decision.extend({ answer: z.enum(sendAnswers) });
export type SendAnswerInput = Parsed<typeof sendAnswer>;

const setupCode = z.strictObject({
  access: z.enum(setupAccesses),
  /** The owner has read and confirmed that this takes administrator rights for a moment. */
  elevate: z.boolean(),
});
export type SetupCodeInput = Parsed<typeof setupCode>;

/** Device or node id: the hex digest of a key. */
const deviceId = z.string().regex(/^[0-9a-f]{64}$/);
const manyDevices = 1000;
/** The owner has read and confirmed the rights this needs. */
const elevate = z.boolean();

const removedContact = ruleAccount.extend({
  entry: z.string().min(1).max(longestContact),
  /** And block them, so that they are not asked about again. */
  block: z.boolean(),
});
export type RemoveContactInput = Parsed<typeof removedContact>;

const removedDevices = z.strictObject({ deviceIds: z.array(deviceId).min(1).max(manyDevices), elevate });
export type RemoveDevicesInput = Parsed<typeof removedDevices>;

const revokedToken = z.strictObject({ deviceId, role: z.string().min(1).max(64), elevate });
export type RevokeTokenInput = Parsed<typeof revokedToken>;

const newName = z.strictObject({ deviceId, name: z.string().trim().min(1).max(deviceNameMax), elevate });
export type RenameInput = Parsed<typeof newName>;

const silencePlan = z.strictObject({
  account: accountName,
  to: z.enum(silenceModes),
  /** Epoch ms, our clock; null: until changed. */
  until: moment.nullable(),
  /** The owner's own address, to ask about commands there and no longer in the chats they come from. */
  approvalsTo: address.optional(),
});
export type SilencePlanInput = Parsed<typeof silencePlan>;

/** One for each command of `api.ts`, where a missing or needless one does not compile. */
export const commandSchemas = {
  'snapshot.get': nothing,
  'request.approve': approval,
  'request.deny': decision,
  'requests.clearOld': z.strictObject({ requests: z.array(decision).min(1).max(mostCleared) }),
  'send.answer': sendAnswer,
  'send.text': decision,
  'guard.pause': z.strictObject({ paused: z.boolean() }),
  'guard.rules': nothing,
  'guard.changeRules': z.strictObject({ revision, change: ruleChange }),
  'guard.restoreRules': nothing,
  'guard.understand': ruleAccount.extend({ to: z.string().max(400), region }),
  'guard.contacts': ruleAccount,
  'guard.planSetup': guardSetupInput,
  'guard.applySetup': z.strictObject({ id: planId }),
  'guard.selfTest': nothing,
  'setupCode.create': setupCode,
  'setupCode.forget': nothing,
  'people.list': z.strictObject({ elevate }),
  'people.removeContact': removedContact,
  'people.removeDevices': removedDevices,
  'people.revokeToken': revokedToken,
  'people.rename': newName,
  'people.rotateOwnToken': nothing,
  'people.blockRequest': decision,
  'people.unblock': z.strictObject({ channel: channelName, to: address }),
  'silence.plan': silencePlan,
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
  'notice.dismiss': z.strictObject({ id: planId }),
  'window.putAway': nothing,
  'app.quit': nothing,
} as const;
