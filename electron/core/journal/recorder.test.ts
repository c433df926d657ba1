import { beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, JournalFact } from '../../contract/journal.ts';
import { journalEntrySchema } from '../../contract/journal.ts';
import { requestKinds, type RequestView } from '../../contract/request.ts';
import { noChange, type InboxDelta } from '../requests/delta.ts';
import { JournalRecorder } from './recorder.ts';

let views: Map<string, RequestView>;
let journal: JournalEntry[];
let recorder: JournalRecorder;

function start(): void {
  recorder = new JournalRecorder({
    journal: { append: (entries) => void journal.push(...entries), recent: () => [...journal] },
    clock: { now: () => 7_000 },
    view: (key) => views.get(key) ?? null,
  });
}

beforeEach(() => {
  views = new Map();
  journal = [];
  start();
});

const text = (value: string) => ({ text: value, altered: false, truncated: false, mixedScripts: false });
const secretText = 'The code for the safe is 4711';

function view(kind: RequestView['kind'], change: Partial<RequestView> = {}): void {
  const key = `${kind}:1`;
  const base = { key, kind, status: 'pending', who: text('Somebody'), outcome: null };
  const channel = { channel: 'imessage', channelLabel: text('iMessage'), text: text(secretText) };
  views.set(key, {
    ...base,
    ...(kind === 'chat' || kind === 'send' ? channel : {}),
    ...change,
  } as RequestView);
}

function settled(kind: RequestView['kind'], decision: 'approved' | 'denied', by: 'us' | 'elsewhere'): void {
  view(kind, { status: 'settled', outcome: { decision, by, at: 1, note: null } });
}

function happens(change: Partial<InboxDelta>): readonly JournalFact[] {
  const before = journal.length;
  recorder.record({ ...noChange, ...change });
  return journal.slice(before).map(({ fact }) => fact);
}

const added = { added: ['chat:1'] };
const subject = { key: 'chat:1', request: 'chat', who: 'Somebody', channel: 'iMessage' };

describe('the journal', () => {
  it('dates what arrives, and every entry passes its own schema', () => {
    view('chat');
    expect(happens(added)).toEqual([{ kind: 'request-arrived', ...subject }]);
    expect(journal).toEqual([{ v: 1, at: 7_000, fact: { kind: 'request-arrived', ...subject } }]);
    expect(journal.map((entry) => journalEntrySchema.parse(entry))).toEqual(journal);
  });

  it.each(requestKinds)('never holds the text of a %s', (kind) => {
    view(kind);
    happens({ added: [`${kind}:1`] });
    settled(kind, 'denied', 'us');
    happens({ settled: [`${kind}:1`] });
    expect(journal.map(({ fact }) => fact.kind)).toEqual(['request-arrived', 'answered']);
    expect(JSON.stringify(journal)).not.toContain(secretText);
  });

  it('says who answered what', () => {
    view('chat');
    happens(added);
    settled('chat', 'approved', 'elsewhere');
    expect(happens({ settled: ['chat:1'] })).toEqual([
      { kind: 'answered', ...subject, decision: 'approved', by: 'elsewhere' },
    ]);
  });

  it('says that nobody answered in time', () => {
    view('chat', { status: 'expired' });
    expect(happens({ settled: ['chat:1'] })).toEqual([
      { kind: 'answered', ...subject, decision: 'expired', by: 'nobody' },
    ]);
  });

  it('corrects an outcome that becomes known better, and repeats none', () => {
    view('chat', { status: 'expired' });
    happens({ settled: ['chat:1'] });
    expect(happens({ changed: ['chat:1'] })).toEqual([]);
    settled('chat', 'denied', 'elsewhere');
    expect(happens({ changed: ['chat:1'] })).toMatchObject([{ decision: 'denied', by: 'elsewhere' }]);
    expect(happens({ changed: ['chat:1'] })).toEqual([]);
  });

  it('has an answered request that is back in the queue arrive again', () => {
    view('chat', { status: 'expired' });
    happens({ settled: ['chat:1'] });
    view('chat');
    expect(happens(added)).toMatchObject([{ kind: 'request-arrived' }]);
    expect(happens(added)).toEqual([]);
  });

  it('does not repeat what it holds from before a restart', () => {
    view('chat');
    happens(added);
    start();
    expect(happens(added)).toEqual([]);
    settled('chat', 'approved', 'us');
    happens({ settled: ['chat:1'] });
    start();
    expect(happens({ settled: ['chat:1'] })).toEqual([]);
  });

  it('has nothing to say of an answer on its way, a changed fact or a request nobody knows', () => {
    view('chat', { status: 'submitting' });
    expect(happens({ changed: ['chat:1'] })).toEqual([]);
    view('chat', { status: 'lost' });
    expect(happens({ changed: ['chat:1'], added: ['chat:9'], settled: ['chat:9'] })).toEqual([]);
    expect(happens({})).toEqual([]);
  });

  it('takes what others note', () => {
    recorder.note({ kind: 'rules-changed', by: 'us', summary: 'Allowed +15551230001' });
    expect(journal.at(-1)).toEqual({
      v: 1,
      at: 7_000,
      fact: { kind: 'rules-changed', by: 'us', summary: 'Allowed +15551230001' },
    });
  });
});
