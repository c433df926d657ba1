/** What one installed transport guard needs to know, kept in a file beside the executable. */
import { z } from 'zod';
import { dirname, join } from 'node:path';
import { readText } from '../store/private-file.ts';

export const configName = 'imsg-guard.json';

const guardConfigSchema = z.strictObject({
  version: z.literal(1),
  /** Folder of the gateway's state; policy and spool are below it. */
  stateDir: z.string().min(1),
  account: z.string().min(1).max(128),
  /** The real imsg: an absolute path. */
  imsg: z.string().min(1),
  /** What `cliPath` was before, to be put back; null when it was not set. */
  previousCliPath: z.string().nullable(),
});
export type GuardConfig = Readonly<z.infer<typeof guardConfigSchema>>;

/** @throws when the file is missing or damaged: without it there is no telling what may be sent */
export function readGuardConfig(executable: string): GuardConfig {
  const path = join(dirname(executable), configName);
  const text = readText(path);
  if (text === null) throw new Error(`${path} is missing.`);
  return guardConfigSchema.parse(JSON.parse(text));
}
