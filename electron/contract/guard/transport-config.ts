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
});
export type TransportConfig = Readonly<z.infer<typeof transportConfigSchema>>;
