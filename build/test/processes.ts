/** Reads the processor time of every process, where the system offers it (/proc, Linux). */
import { readdirSync, readFileSync } from 'node:fs';

/** Seconds of processor time. */
export interface ProcessTimes {
  readonly parent: number;
  /** Tells a process from a later one with its number. */
  readonly started: number;
  readonly own: number;
  /** Of ended children it waited for, with theirs. */
  readonly reaped: number;
}

export type Processes = ReadonlyMap<number, ProcessTimes>;

/** The unit of /proc on every Linux. */
const ticksPerSecond = 100;

/** @returns null where there is no /proc */
export function readProcesses(): Processes | null {
  if (process.platform !== 'linux') return null;
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return new Map(
    pids.flatMap((pid): [number, ProcessTimes][] => {
      const times = readTimes(pid);
      return times === null ? [] : [[pid, times]];
    }),
  );
}

/** @returns seconds this process' own ended children have taken so far; 0 where nobody says */
export function reapedSeconds(): number {
  return process.platform === 'linux' ? (readTimes(process.pid)?.reaped ?? 0) : 0;
}

function readTimes(pid: number): ProcessTimes | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold anything; from the state on everything is a number.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (index: number): number => Number(fields[index]);
    return {
      parent: at(1),
      started: at(19),
      own: (at(11) + at(12)) / ticksPerSecond,
      reaped: (at(13) + at(14)) / ticksPerSecond,
    };
  } catch {
    return null; // it has just ended
  }
}
