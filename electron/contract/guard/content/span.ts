/** A part of a text, as `slice` takes it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
