/** Where a run reports to: lines that stay and, on a terminal, one line below them that is drawn again and again. */

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export class Screen {
  readonly #output: Output;
  #status = '';

  constructor(output: Output) {
    this.#output = output;
  }

  /** Somebody watches, and can be told every second. */
  get isLive(): boolean {
    return this.#output.isTTY === true;
  }

  line(text: string): void {
    this.#output.write(`${this.#blank()}${text}\n${this.#status}`);
  }

  /** Elsewhere than on a terminal it is a line like any other. */
  status(text: string): void {
    if (!this.isLive) {
      this.line(text);
      return;
    }
    const blank = this.#blank();
    this.#status = text.slice(0, (this.#output.columns ?? 80) - 1);
    this.#output.write(blank + this.#status);
  }

  clearStatus(): void {
    this.#output.write(this.#blank());
    this.#status = '';
  }

  #blank(): string {
    return this.#status === '' ? '' : '\r\u001b[K';
  }
}
