/** What Node makes in here is the owner's alone, where it takes no mode and the umask we were started with allows more. */
import process from 'node:process';

/** @param make synchronous; the umask is the whole process's, and programs we start inherit the usual one */
export function withPrivateUmask<T>(make: () => T): T {
  const usual = process.umask(0o077);
  try {
    return make();
  } finally {
    process.umask(usual);
  }
}
