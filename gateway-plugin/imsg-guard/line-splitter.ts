/** Cuts a byte stream into lines without copying more than once; a line keeps its newline. */

const newline = 0x0a;

export class LineSplitter {
  #parts: Buffer[] = [];

  /** @returns the lines that are complete now */
  push(chunk: Buffer): readonly Buffer[] {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#parts.push(chunk.subarray(start, end + 1));
      lines.push(this.#take());
      start = end + 1;
    }
    if (start < chunk.length) this.#parts.push(chunk.subarray(start));
    return lines;
  }

  /** @returns what is left at the end of the stream, a last line without its newline; empty when there is none */
  end(): Buffer {
    return this.#take();
  }

  #take(): Buffer {
    const line = this.#parts.length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
    this.#parts = [];
    return line;
  }
}
