/** What Linux tells about running processes: processor time, memory and children, from /proc. */
import { readFile } from 'node:fs/promises';

/** Fields of /proc/PID/stat after the program's name, which may hold anything: utime and stime are 14 and 15. */
const userTimeField = 14 - 3;
const systemTimeField = 15 - 3;
/** The kernel gives it in 1/100 s on every Linux there is (USER_HZ). */
const tickMs = 10;

/** @returns milliseconds of processor time that these processes have taken so far, all threads */
export async function processorTimeOf(pids: readonly number[]): Promise<number> {
  let ticks = 0;
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[userTimeField]) + Number(fields[systemTimeField]);
  }
  return ticks * tickMs;
}

export interface Memory {
  /** Megabytes (10⁶ bytes) in RAM; pages shared with other processes count in full. */
  readonly rss: number;
  /** The same, but a page that n processes share counts as 1/n. */
  readonly pss: number;
}

export async function memoryOf(pids: readonly number[]): Promise<Memory> {
  const sum = { rss: 0, pss: 0 };
  for (const pid of pids) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    sum.rss += megabytesIn(rollup, 'Rss');
    sum.pss += megabytesIn(rollup, 'Pss');
  }
  return sum;
}

function megabytesIn(rollup: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1];
  if (kibibytes === undefined) throw new Error(`There is no ${field} in smaps_rollup.`);
  return (Number(kibibytes) * 1_024) / 1_000_000;
}

export async function childrenOf(pid: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return children
    .split(' ')
    .filter((child) => child !== '')
    .map(Number);
}
