/** Strangers with everything around them in memory: time, journal, notices and the file that outlives a restart. */
import type { JournalFact } from '../../contract/journal.ts';
import { Notices } from '../notices.ts';
import type { IncomingRequest } from '../requests/incoming.ts';
import { chat, iso, listOf, ManualClock } from '../requests/requests.fixture.ts';
import { askStateSchema, noAsks, type AskState } from './ask-state.ts';
import { Strangers } from './strangers.ts';

export class WatchedStrangers {
  readonly clock = new ManualClock();
  #file = JSON.stringify(noAsks);
  noted: JournalFact[] = [];
  /** The one that is connected. */
  gateway = 'home';
  /** How often a notice came, changed or went. */
  changes = 0;
  notices = new Notices(null);
  strangers = this.#open();

  /** The app was ended and started: only the file is left. */
  restart(): void {
    this.notices = new Notices(null);
    this.strangers = this.#open();
  }

  /** Asks at the present moment. */
  asks(id: string, senderId: string, more: Readonly<Record<string, unknown>> = {}): IncomingRequest {
    const now = iso(this.clock.time);
    return chat(id, { senderId, createdAt: now, lastSeenAt: now, ...more });
  }

  /** @returns what goes on to the inbox: ids, and how often their senders asked */
  listed(...requests: readonly IncomingRequest[]) {
    return this.strangers
      .screen(listOf(...requests), 'chat')
      .requests.map((request) => (request.kind === 'chat' ? [request.id, request.asks] : [request.id]));
  }

  isQuiet(id: string): boolean {
    return this.strangers.isBackedOff({ key: `chat:${id}`, kind: 'chat' });
  }

  get stored(): AskState {
    return askStateSchema.parse(JSON.parse(this.#file));
  }

  get fileLength(): number {
    return this.#file.length;
  }

  get noticeTexts(): readonly string[] {
    return this.notices.list.map(({ text }) => text);
  }

  #open(): Strangers {
    return new Strangers({
      file: {
        read: () => this.stored,
        write: (state) => {
          this.#file = JSON.stringify(state);
        },
      },
      clock: this.clock,
      notices: this.notices,
      note: (fact) => void this.noted.push(fact),
      gateway: () => this.gateway,
      onChange: () => {
        this.changes += 1;
      },
    });
  }
}
