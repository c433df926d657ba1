/** What one installed transport guard needs to know, kept in a file beside the executable. */
import { z } from 'zod';

export const transportConfigName = 'imsg-guard.json';

export const transportConfigSchema = z.strictObject({
  version: z.literal(1),
  /** Folder of the gateway's state; policy and spool are below it. */
  stateDir: z.string().min(1),
  account: z.string().min(1).max(128),
  /** The real imsg: an absolute path. */
  imsg: z.string().min(1),
  /** What `cliPath` was before, to be put back; null when it was not set. */
  previousCliPath: z.string().nullable(),
  /** What the gateway's config says about this account; a caller of the guard can name nothing else. */
  region: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  service: z.enum(['auto', 'imessage', 'sms']).default('auto'),
  /** Messages' database; null: imsg's own default. */
  database: z.string().min(1).nullable().default(null),
  /** Home folder imsg runs with; null: the user's. */
  home: z.string().min(1).nullable().default(null),
});
export type TransportConfig = Readonly<z.infer<typeof transportConfigSchema>>;
