/**
 * A list in sorted lines, searched without reading all of it: `key`, a tab and the JSON of what stands under it. ASCII
 * only, so that a place in the text is a place in its bytes.
 */

const newline = 0x0a;
const tab = 0x09;

/** Unit by unit: JSON has no other escapes. */
const beyondAscii = /[\u007f-\uffff]/g;

/** Where a list begins and ends. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

export function sortedLines(entries: readonly (readonly [key: string, value: unknown])[]): string {
  return entries
    .map(([key, value]) => [encodeURIComponent(key), asciiJson(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([key, value]) => `${key}\t${value}\n`)
    .join('');
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    beyondAscii,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @returns everything that stands under the key, in no order */
export function findLines(bytes: Buffer, { from, to }: Lines, key: string): readonly unknown[] {
  const wanted = encodeURIComponent(key);
  let [low, high] = [from, to];
  while (low < high) {
    const start = startOfLine(bytes, from, (low + high) >> 1);
    if (keyAt(bytes, start) < wanted) low = bytes.indexOf(newline, start) + 1;
    else high = start;
  }
  const found: unknown[] = [];
  for (let at = low; at < to && keyAt(bytes, at) === wanted; at = bytes.indexOf(newline, at) + 1)
    found.push(JSON.parse(bytes.toString('utf8', bytes.indexOf(tab, at) + 1, bytes.indexOf(newline, at))));
  return found;
}

function startOfLine(bytes: Buffer, from: number, at: number): number {
  return at === from ? from : Math.max(from, bytes.lastIndexOf(newline, at - 1) + 1);
}

function keyAt(bytes: Buffer, start: number): string {
  return bytes.toString('latin1', start, bytes.indexOf(tab, start));
}
