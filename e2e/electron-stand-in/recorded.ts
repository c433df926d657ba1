/** Calls that reach nothing real are written down here, so that a test can see them. */
export interface RecordedCall {
  readonly api: string;
  readonly args: readonly unknown[];
}

export const recordedCalls: RecordedCall[] = [];

export function note(api: string, ...args: readonly unknown[]): void {
  recordedCalls.push({ api, args });
}
