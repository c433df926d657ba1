/** What a program said last: all that is worth showing of it when it fails. */
import { createInterface } from 'node:readline';

const keptLines = 30;

/**
 * @param {readonly (NodeJS.ReadableStream | null)[]} streams
 * @param {(line: string) => void} [onLine] hears every line of them
 * @returns {readonly string[]} always the last lines so far
 */
export function lastLinesOf(streams, onLine) {
  /** @type {string[]} */
  const lastLines = [];
  for (const stream of streams) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > keptLines) lastLines.shift();
      onLine?.(line);
    });
  }
  return lastLines;
}
