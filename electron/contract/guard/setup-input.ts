/** What the owner asks of the set-up: which part of the guard, and what to do with it. */
import { z } from 'zod';
import { accountName } from '../bounds.ts';

export const guardSetupAction = z.enum(['install', 'update', 'remove']);

/** The plugin in the gateway, or the transport guard in front of one account's imsg. */
export const guardSetupInput = z.discriminatedUnion('part', [
  z.strictObject({ part: z.literal('plugin'), action: guardSetupAction }),
  z.strictObject({ part: z.literal('strict'), action: guardSetupAction, account: accountName }),
]);
