/**
 * Where the transport guard still fails in front of an imsg as hard as the real one. The tests expect each of these to
 * fail: closing a gap means taking it off this list.
 */

export interface KnownGap {
  /** Of a case in `imsg-cases.json`, or the name of a scenario. */
  readonly id: string;
  /** reaches: somebody not listed is reached; hidden: the owner is not shown all of the text before saying yes. */
  readonly kind: 'reaches' | 'hidden';
  readonly why: string;
}

const gaps = (kind: KnownGap['kind'], why: string, ...ids: readonly string[]): readonly KnownGap[] =>
  ids.map((id) => ({ id, kind, why }));

export const knownGaps: readonly KnownGap[] = [
  ...gaps(
    'reaches',
    'Messages knows a member its database does not, so nothing in front of imsg can know',
    'R196',
  ),
];

export function isKnownGap(kind: KnownGap['kind'], id: string): boolean {
  return knownGaps.some((gap) => gap.kind === kind && gap.id === id);
}
