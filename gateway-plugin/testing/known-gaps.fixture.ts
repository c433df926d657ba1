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
    'a national number is handed on, and the Mac reads it by its own country',
    'R034',
    'R191',
    'R193',
  ),
  ...gaps('reaches', 'what looks like a short code is the number of a row', 'C197'),
  ...gaps(
    'reaches',
    'imsg trims what the guard takes for text, and runs the line nobody judged',
    'R109',
    'R111',
  ),
  ...gaps('reaches', 'the row’s identifier names another person than its guid', 'R041'),
  ...gaps(
    'reaches',
    'others see it, but it counts as harmless: unsend, removal, leaving, receipts, typing',
    ...['R078', 'R087', 'R088', 'R089', 'R093', 'R094'],
    ...['C175', 'C181', 'C182', 'C183', 'C185', 'C186'],
  ),
  ...gaps('reaches', 'a reaction through the window lands wherever the chat’s name leads', 'C195', 'C196'),
  ...gaps('reaches', 'launch starts any library inside Messages', 'C188'),
  ...gaps(
    'reaches',
    'Messages knows a member its database does not, so nothing in front of imsg can know',
    'R196',
  ),
  ...gaps(
    'reaches',
    'whoever wrote to imsg opens the chat, let in by the gateway or not',
    'whoever wrote once is written to by guid, with an effect',
  ),
  ...gaps(
    'reaches',
    'members are remembered for ever',
    'somebody who is denied joined a group since it was written to',
  ),
  ...gaps(
    'reaches',
    'a file is a number of files: neither its name nor its bytes are bound',
    'another file than the one let through',
    'the same file with other bytes, after it was allowed',
  ),
  ...gaps(
    'reaches',
    'a ticket holds letters only, and any part of them',
    'parts of a text that was let through once',
    'punctuation that turns one address into another',
  ),
  ...gaps(
    'reaches',
    'a ticket for a reply is for anything',
    'a reply that is a poll',
    'a reply with a file nobody spoke of',
    'a new group with the person who gets a reply',
  ),
  ...gaps(
    'reaches',
    'what looks like a pairing answer uses no allowance up',
    'a text allowed once that looks like a pairing code, again and again',
  ),
  ...gaps(
    'reaches',
    'an allowance for a text says nothing of service and thread',
    'a plain text allowed once, over another service and into a thread',
  ),
  ...gaps(
    'reaches',
    'the caller chooses the database, by an option or by its home folder',
    'program: another database',
    'program: another database, equals form',
    'program: a server on another database',
    'program: the database of another home',
  ),
  ...gaps(
    'reaches',
    'the caller’s environment loads code into the guard',
    'program: code in the environment',
  ),
  ...gaps(
    'hidden',
    'a text under a name the guard does not read',
    'R072',
    'R074',
    'R076',
    'R077',
    'R079',
    'C164',
  ),
  ...gaps('hidden', 'a text in a file that imsg reads later', 'C144', 'C149'),
];

export function isKnownGap(kind: KnownGap['kind'], id: string): boolean {
  return knownGaps.some((gap) => gap.kind === kind && gap.id === id);
}
