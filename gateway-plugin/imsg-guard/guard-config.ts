/** Reads the file beside the executable that tells an installed transport guard what it stands in front of. */
import { dirname, join } from 'node:path';
import {
  transportConfigName,
  transportConfigSchema,
} from '../../electron/contract/guard/transport-config.ts';
import type { TransportConfig } from '../../electron/contract/guard/transport-config.ts';
import { readText } from '../store/private-file.ts';

/** @throws when the file is missing or damaged: without it there is no telling what may be sent */
export function readTransportConfig(executable: string): TransportConfig {
  const path = join(dirname(executable), transportConfigName);
  const text = readText(path);
  if (text === null) throw new Error(`${path} is missing.`);
  return transportConfigSchema.parse(JSON.parse(text));
}
