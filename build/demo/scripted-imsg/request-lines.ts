/** Cuts standard input into requests exactly where imsg does, and turns a request's bytes into the text of its JSON. */
import { trimmed } from './text-rules.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Only LF ends a line; one CR before it is dropped. The last line counts without LF, and no line is too long. */
export class RequestLines {
  #parts: Buffer[] = [];

  push(chunk: Buffer): readonly Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      this.#parts.push(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#parts.push(chunk.subarray(start));
    return lines;
  }

  /** What is left at the end of the input. */
  end(): Buffer {
    return this.#take();
  }

  #take(): Buffer {
    const line = Buffer.concat(this.#parts);
    this.#parts = [];
    return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
  }
}

/**
 * The JSON text of a line, '' for a blank one. Bad UTF-8 is repaired first, so it stops nothing; then the reader of
 * JSON guesses the encoding from the first bytes, so UTF-16 and UTF-32 without a mark are understood as well.
 */
export function requestText(line: Buffer): string {
  const text = trimmed(line.toString('utf8'));
  const start = text.slice(0, 4).padEnd(4, ' ');
  const zeros = Array.from(start, (letter) => (letter === '\0' ? '0' : 'x')).join('');
  if (zeros === '000x') return everyNth(text, 4, 3);
  if (zeros === 'x000') return everyNth(text, 4, 0);
  const bytes = Buffer.from(text, 'utf8');
  if (zeros === '0x0x')
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  if (zeros === 'x0x0') return bytes.toString('utf16le');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** UTF-32 of ASCII, which is all that gets through the repair of bad UTF-8 unchanged. */
function everyNth(text: string, step: number, offset: number): string {
  return Array.from(text)
    .filter((_, index) => index % step === offset)
    .join('');
}
