/** Who may read a file, in tests. */
import { statSync } from 'node:fs';
import process from 'node:process';
import { expect } from 'vitest';

/** @param mode permission bits. Windows has none but "read only", which Node reports as 0o444, all else as 0o666 */
export function expectMode(path: string, mode: number): void {
  const expected = process.platform !== 'win32' ? mode : (mode & 0o200) === 0 ? 0o444 : 0o666;
  expect((statSync(path).mode & 0o777).toString(8), path).toBe(expected.toString(8));
}
