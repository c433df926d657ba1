/** Edits of who may write to the assistant, as the window asks for them. */
import { z } from 'zod';
import { ruleAccount } from './guard/rule-change.ts';

export const channelSettingKeys = ['dmPolicy', 'groupPolicy', 'allowFrom', 'groupAllowFrom'] as const;

/** More people than any one list holds. */
const manyPeople = 5000;

/** A word, or a list of raw entries; null: not set. */
export const channelSettingValue = z.union([
  z.string().min(1).max(64),
  z.array(z.string().trim().min(1).max(400)).max(manyPeople),
  z.null(),
]);

const channelEdit = z.strictObject({
  key: z.enum(channelSettingKeys),
  /** Null takes the account's own value away, so that the channel's holds again. */
  value: channelSettingValue,
});

export const channelPlanInput = ruleAccount.extend({
  edits: z.array(channelEdit).min(1).max(channelSettingKeys.length),
});
