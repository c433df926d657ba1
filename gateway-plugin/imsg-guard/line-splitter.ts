/** Cuts a byte stream into lines without copying more than once; a line keeps its newline. */

const newline = 0x0a;

export class LineSplitter {
  readonly #longest: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  /** @param longest bytes; of a longer line nothing is kept */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @returns the lines that are complete now; null stands for one that was too long */
  push(chunk: Buffer): readonly (Buffer | null)[] {
    const lines: (Buffer | null)[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end + 1));
      lines.push(this.#take());
      start = end + 1;
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
    return lines;
  }

  /** @returns what is left at the end of the stream, a last line without its newline; empty when there is none */
  end(): Buffer | null {
    return this.#take();
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#longest) this.#parts = [];
    else this.#parts.push(part);
  }

  #take(): Buffer | null {
    const tooLong = this.#bytes > this.#longest;
    const line = this.#parts.length === 1 ? (this.#parts[0] ?? null) : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return tooLong ? null : line;
  }
}
