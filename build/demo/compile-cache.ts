/** Keeps the shared compile cache small: Node never removes anything from it, and every gateway start adds a little. */
import { randomBytes } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Several times what OpenClaw's own code needs. */
const MAX_BYTES = 256 * 1024 ** 2;

/**
 * Starts the cache anew when it has grown too big. Safe while gateways use it: what is missing they compile themselves.
 * @param maxBytes for tests
 */
export async function boundCompileCache(folder: string, maxBytes = MAX_BYTES): Promise<void> {
  if ((await sizeOf(folder)) <= maxBytes) return;
  // Aside first, so that another run finds it whole or not at all.
  const aside = `${folder}.old-${randomBytes(6).toString('hex')}`;
  try {
    await rename(folder, aside);
  } catch {
    return; // another run was faster
  }
  await rm(aside, { recursive: true, force: true });
}

/** @returns bytes; 0 when there is no such folder */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    // Gone meanwhile: another run works here too.
    files.map((file) =>
      stat(join(file.parentPath, file.name))
        .then(({ size }) => size)
        .catch(() => 0),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
