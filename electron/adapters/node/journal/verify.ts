/**
 * Checks the chain of the journal. It shows damage and edits by somebody who does not know about the chain; who may
 * write these files can also write a new chain, or cut off its end, and this does not show.
 */
import { chainStart, endAfter, readLine, type ChainEnd } from './journal-line.ts';

export interface JournalCheck {
  readonly lines: number;
  /** The first line is number 1; false once old files were deleted to save space. */
  readonly complete: boolean;
  readonly faults: readonly JournalFault[];
}

export interface JournalFault {
  /** `unreadable`: not a line of the journal. `broken`: does not follow from the line before. */
  readonly what: 'unreadable' | 'broken';
  /** Counted from 1, over all files that are there. */
  readonly position: number;
}

/** @param lines of all files, oldest first, without line breaks */
export function checkChain(lines: readonly string[]): JournalCheck {
  const first = lines[0] === undefined ? null : readLine(lines[0]);
  const complete = lines.length === 0 || first?.seq === 1;
  const faults: JournalFault[] = [];
  let end: ChainEnd = first === null || complete ? chainStart : { seq: first.seq - 1, hash: first.prev };
  lines.forEach((text, index) => {
    const line = readLine(text);
    if (line === null) faults.push({ what: 'unreadable', position: index + 1 });
    else if (line.seq !== end.seq + 1 || line.prev !== end.hash) {
      faults.push({ what: 'broken', position: index + 1 });
    }
    end = endAfter(text, end);
  });
  return { lines: lines.length, complete, faults };
}
