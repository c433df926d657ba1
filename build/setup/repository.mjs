/** Where the repository is. */
import { fileURLToPath } from 'node:url';

/** Absolute path, without a trailing separator. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
