/** Who called this program, for the owner to read. */
import { readFileSync } from 'node:fs';

/** Told where the system tells (Linux); the command line may carry a message, so only its start is kept. */
export function parentProcess(): string | null {
  try {
    const words = readFileSync(`/proc/${String(process.ppid)}/cmdline`, 'utf8').split('\0');
    return `${String(process.ppid)} ${words.slice(0, 4).join(' ')}`.trim();
  } catch {
    return String(process.ppid);
  }
}
