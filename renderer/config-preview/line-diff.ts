/** Which lines of two short texts differ: what stays, what goes, what comes, in reading order. */

export interface DiffLine {
  readonly change: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Longest common subsequence of lines; for texts of up to some hundred lines each. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = commonLengths(before, after);
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const left = before[row];
    const right = after[column];
    if (left !== undefined && right !== undefined && isSame(left, right)) {
      lines.push({ change: 'same', text: right });
      row += 1;
      column += 1;
    } else if (left !== undefined && (right === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ change: 'removed', text: left });
      row += 1;
    } else {
      lines.push({ change: 'added', text: right ?? '' });
      column += 1;
    }
  }
  return lines;
}

/** A comma comes and goes with the next line: the value in front of it is the same. */
function isSame(before: string, after: string): boolean {
  return withoutComma(before) === withoutComma(after);
}

function withoutComma(line: string): string {
  return line.endsWith(',') ? line.slice(0, -1) : line;
}

/** `[row][column]`: how many lines the rests from there on have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  let below: readonly number[] = new Array<number>(after.length + 1).fill(0);
  const table = [below];
  for (const line of before.toReversed()) {
    const current = new Array<number>(after.length + 1).fill(0);
    for (let column = after.length - 1; column >= 0; column -= 1) {
      current[column] = isSame(after[column] ?? '', line)
        ? (below[column + 1] ?? 0) + 1
        : Math.max(below[column] ?? 0, current[column + 1] ?? 0);
    }
    table.unshift(current);
    below = current;
  }
  return table;
}

/** A JSON text as lines to read; text that is no JSON stays as it is. Null (not set) has no lines. */
export function jsonLines(text: string | null): readonly string[] {
  if (text === null) return [];
  return indented(text).split('\n');
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
