import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../contract/journal.ts';
import { FileJournal, type FileJournalOptions } from './file-journal.ts';
import { expectMode } from '../../../../build/vitest/file-mode.fixture.ts';

let root: string;
let directory: string;
let file: string;
let logged: string[];
const opened: FileJournal[] = [];

function open(options: Partial<FileJournalOptions> = {}): FileJournal {
  const journal = new FileJournal({
    directory,
    clock: { now: () => 0 },
    logger: { log: (_level, event) => logged.push(event) },
    ...options,
  });
  opened.push(journal);
  return journal;
}

function entry(number: number): JournalEntry {
  return { v: 1, at: number, fact: { kind: 'rules-changed', by: 'us', summary: `change ${String(number)}` } };
}

function entries(from: number, to: number): JournalEntry[] {
  return Array.from({ length: to - from + 1 }, (_, index) => entry(from + index));
}

const names = (): string[] => readdirSync(directory).toSorted();
const sound = (lines: number, complete = true) => ({ lines, complete, faults: [] });

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'portcullis-journal-'));
  directory = path.join(root, 'journal');
  file = path.join(directory, 'journal.jsonl');
  logged = [];
});
afterEach(() => {
  for (const journal of opened.splice(0)) journal.dispose();
  rmSync(root, { recursive: true, force: true });
});

describe('the journal on disk', () => {
  it('is not there before the first entry, and is the owner’s only', () => {
    const journal = open();
    expect([journal.recent(), journal.verify()]).toEqual([[], sound(0)]);
    journal.append([]);
    expect(readdirSync(root)).toEqual([]);
    journal.append([entry(1)]);
    expectMode(directory, 0o700);
    expectMode(file, 0o600);
  });

  it('takes a file with other rights back to the owner', () => {
    mkdirSync(directory);
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    open().append([entry(1)]);
    expectMode(file, 0o600);
  });

  it('goes on where it stopped', () => {
    open().append(entries(1, 3));
    const later = open();
    later.append([entry(4)]);
    expect(later.recent()).toEqual(entries(1, 4));
    expect(later.verify()).toEqual(sound(4));
  });

  it('is put away when full, and its chain goes on over all files', () => {
    const journal = open({ maxBytes: 500 });
    for (const one of entries(1, 9)) journal.append([one]);
    expect(names()).toEqual([
      'journal.000000000003.jsonl',
      'journal.000000000006.jsonl',
      'journal.000000000009.jsonl',
    ]);
    const later = open({ maxBytes: 500 });
    later.append([entry(10)]);
    expect(later.verify()).toEqual(sound(10));
    expect(later.recent()).toEqual([entry(10)]);
  });

  it('keeps so many full files and says that the beginning is gone', () => {
    const journal = open({ maxBytes: 500, maxFull: 2 });
    for (const one of entries(1, 13)) journal.append([one]);
    expect(names()).toEqual(['journal.000000000009.jsonl', 'journal.000000000012.jsonl', 'journal.jsonl']);
    expect(journal.verify()).toEqual(sound(7, false));
  });

  it('keeps a torn last line aside and goes on after the one before', () => {
    open().append(entries(1, 3));
    const whole = readFileSync(file, 'utf8');
    truncateSync(file, Buffer.byteLength(whole) - 20);
    const later = open();
    expect(later.recent()).toEqual(entries(1, 2));
    later.append([entry(4)]);
    expect(later.recent()).toEqual([...entries(1, 2), entry(4)]);
    expect(later.verify()).toEqual(sound(3));
    const aside = 'journal.jsonl.torn-1970-01-01T00-00-00.000Z';
    expect(names()).toEqual(['journal.jsonl', aside]);
    expect(whole.endsWith(`${readFileSync(path.join(directory, aside), 'utf8')}${whole.slice(-20)}`)).toBe(
      true,
    );
    expect(logged).toEqual(['journal.torn']);
  });

  it('completes a last line that lacks nothing but its line break', () => {
    open().append(entries(1, 2));
    truncateSync(file, statSync(file).size - 1);
    const later = open();
    later.append([entry(3)]);
    expect(later.recent()).toEqual(entries(1, 3));
    expect([later.verify(), logged]).toEqual([sound(3), []]);
  });

  it('goes on after a line nobody can read, and points at it', () => {
    open().append(entries(1, 2));
    appendFileSync(file, 'not a line\n');
    const later = open();
    later.append([entry(4)]);
    expect(later.recent()).toEqual([...entries(1, 2), entry(4)]);
    expect(later.verify()).toEqual({
      lines: 4,
      complete: true,
      faults: [{ what: 'unreadable', position: 3 }],
    });
  });

  it.each([
    ['changed', (lines: string[]) => lines.with(1, lines[1]?.replace('change 2', 'change 9') ?? ''), 3],
    ['removed', (lines: string[]) => lines.toSpliced(1, 1), 2],
    ['added twice', (lines: string[]) => lines.toSpliced(1, 0, lines[1] ?? ''), 3],
    ['moved', (lines: string[]) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)], 2],
  ])('shows that a line was %s', (_what, edit, position) => {
    open().append(entries(1, 4));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    writeFileSync(file, `${edit(lines).join('\n')}\n`);
    expect(open().verify().faults[0]).toEqual({ what: 'broken', position });
  });

  it('keeps what cannot be written for later, in order', () => {
    writeFileSync(directory, 'a file in place of the folder');
    const journal = open();
    journal.append([entry(1)]);
    journal.append([entry(2)]);
    expect(logged).toEqual(['journal.not-written', 'journal.not-written']);
    rmSync(directory);
    journal.append([entry(3)]);
    expect(journal.recent()).toEqual(entries(1, 3));
    expect(journal.verify()).toEqual(sound(3));
  });

  it('keeps hostile names inside their line', () => {
    const journal = open();
    const hostile: JournalEntry = {
      v: 1,
      at: 1,
      fact: { kind: 'setup-code-used', device: 'a\n{"seq":2}\r\u2028b' },
    };
    journal.append([hostile, entry(2)]);
    expect(journal.recent()).toEqual([hostile, entry(2)]);
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(3);
  });
});
