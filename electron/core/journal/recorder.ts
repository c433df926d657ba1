/** Turns what happens in the inbox, and what others tell it, into dated entries of the journal. */
import { journalVersion, type JournalEntry, type JournalFact } from '../../contract/journal.ts';
import type { RequestView } from '../../contract/request.ts';
import type { Clock } from '../ports.ts';
import type { InboxDelta } from '../requests/delta.ts';
import type { Journal } from './ports.ts';

export interface JournalRecorderParts {
  readonly journal: Journal;
  readonly clock: Clock;
  /** An open or recently answered request. */
  readonly view: (key: string) => RequestView | null;
}

type Answered = Extract<JournalFact, { readonly kind: 'answered' }>;
/** Null: it arrived and is open. */
type Recorded = Pick<Answered, 'decision' | 'by'> | null;

/** More than the gateway and we ever hold at once; the oldest are forgotten, and would at worst be written twice. */
const mostRemembered = 5_000;

export class JournalRecorder {
  readonly #parts: JournalRecorderParts;
  /** What the journal says last of each request, so that lists read again and restarts add nothing. */
  readonly #recorded = new Map<string, Recorded>();

  constructor(parts: JournalRecorderParts) {
    this.#parts = parts;
    for (const { fact } of parts.journal.recent()) this.#learn(fact);
  }

  record(delta: InboxDelta): void {
    const arrived = delta.added.flatMap((key) => this.#arrival(key));
    this.#write([...arrived, ...[...delta.settled, ...delta.changed].flatMap((key) => this.#answer(key))]);
  }

  /** Anything but a request. */
  note(fact: JournalFact): void {
    this.#write([fact]);
  }

  #arrival(key: string): readonly JournalFact[] {
    const view = this.#parts.view(key);
    // Known and open already: read again after a restart. One that was answered and is back is news.
    if (view === null || this.#recorded.get(key) === null) return [];
    return [{ kind: 'request-arrived', ...subject(view) }];
  }

  #answer(key: string): readonly JournalFact[] {
    const view = this.#parts.view(key);
    const ending = view === null ? null : endingOf(view);
    if (view === null || ending === null) return [];
    const before = this.#recorded.get(key);
    if (before?.decision === ending.decision && before.by === ending.by) return [];
    return [{ kind: 'answered', ...subject(view), ...ending }];
  }

  #write(facts: readonly JournalFact[]): void {
    if (facts.length === 0) return;
    const at = this.#parts.clock.now();
    for (const fact of facts) this.#learn(fact);
    this.#parts.journal.append(facts.map((fact): JournalEntry => ({ v: journalVersion, at, fact })));
  }

  #learn(fact: JournalFact): void {
    if (fact.kind !== 'request-arrived' && fact.kind !== 'answered') return;
    // Again at the end: what is forgotten first is what was silent longest.
    this.#recorded.delete(fact.key);
    this.#recorded.set(fact.key, fact.kind === 'answered' ? { decision: fact.decision, by: fact.by } : null);
    for (const oldest of this.#recorded.keys()) {
      if (this.#recorded.size <= mostRemembered) break;
      this.#recorded.delete(oldest);
    }
  }
}

/** Never more of a stopped message than who it was for. */
function subject(view: RequestView): Pick<Answered, 'key' | 'request' | 'who' | 'channel'> {
  const hasChannel = view.kind === 'chat' || view.kind === 'send';
  return {
    key: view.key,
    request: view.kind,
    who: view.who.text,
    channel: hasChannel ? view.channelLabel.text : null,
  };
}

function endingOf({ status, outcome }: RequestView): Pick<Answered, 'decision' | 'by'> | null {
  switch (status) {
    case 'settled':
      return outcome === null ? null : { decision: outcome.decision, by: outcome.by };
    case 'expired':
      return { decision: 'expired', by: 'nobody' };
    case 'pending':
    case 'submitting':
    case 'lost':
      return null;
  }
}
