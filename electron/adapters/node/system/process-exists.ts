/** Whether a process runs on this machine, without disturbing it. */
import { hasCode } from './file-errors.ts';

export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error: unknown) {
    return hasCode(error, 'EPERM'); // somebody else's
  }
}
