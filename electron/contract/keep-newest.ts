/** Forgets the entries that were added first, until no more than `most` are left. */
export function keepNewest(entries: Map<string, unknown>, most: number): void {
  for (const oldest of [...entries.keys()].slice(0, -most)) entries.delete(oldest);
}
