/**
 * Keeps blocked people away from the owner: their requests are dismissed at the gateway and never reach the inbox, so
 * nothing announces them. The gateway itself knows no block: it answers whoever writes, unless strict mode is silent.
 */
import type { RulesView } from '../../contract/guard/guard-view.ts';
import { emptyPolicy, type Policy } from '../../contract/guard/policy.ts';
import type { Result } from '../../contract/result.ts';
import type { Call } from '../gateway/calls.ts';
import type { Logger } from '../ports.ts';
import type { IncomingChat } from '../requests/incoming.ts';
import type { RequestList } from '../requests/read.ts';
import { isBlocked } from './blocked.ts';

export interface BlockedSendersParts {
  readonly readRules: () => Promise<Result<RulesView>>;
  readonly request: Call;
  readonly logger: Logger;
  /** Some requests are gone at the gateway: look again. */
  readonly onDismissed: () => void;
}

const remembered = 1_000;

export class BlockedSenders {
  readonly #parts: BlockedSendersParts;
  #policy: Policy = emptyPolicy;
  /**
   * Requests whose dismissal is on its way or was taken, oldest first. An id is dismissed once: a gateway that goes on
   * listing it must not be asked for ever.
   */
  readonly #dismissed = new Set<string>();

  constructor(parts: BlockedSendersParts) {
    this.#parts = parts;
  }

  /** To be awaited before the first list of a connection, so that nobody blocked is announced in between. */
  async refresh(): Promise<void> {
    const rules = await this.#parts.readRules();
    if (rules.ok) this.#policy = rules.value.policy;
    // Without the plugin there are no rules; after any other failure the ones known last still hold.
    else if (rules.error.code === 'unsupported') this.#policy = emptyPolicy;
  }

  /** The list without the requests of blocked people, which are dismissed. Ids stay listed: they are still pending. */
  screen(list: RequestList): RequestList {
    const blocked = list.requests.filter((request) => request.kind === 'chat' && this.#isBlocked(request));
    if (blocked.length === 0) return list;
    for (const request of blocked) if (request.kind === 'chat') void this.#dismiss(request);
    return { ...list, requests: list.requests.filter((request) => !blocked.includes(request)) };
  }

  #isBlocked({ channel, senderId }: IncomingChat): boolean {
    return isBlocked(this.#policy, channel, senderId);
  }

  /** One that fails is still listed the next time, and tried again then. */
  async #dismiss({ id, channel, account }: IncomingChat): Promise<void> {
    if (this.#dismissed.has(id)) return;
    this.#dismissed.add(id);
    for (const oldest of this.#dismissed) {
      if (this.#dismissed.size <= remembered) break;
      this.#dismissed.delete(oldest);
    }
    const { request, logger, onDismissed } = this.#parts;
    const answer = await request('channels.pairing.dismiss', { channel, accountId: account, requestId: id });
    if (answer.ok) {
      logger.log('info', 'blocked-sender-dismissed', { channel });
      onDismissed();
    } else {
      this.#dismissed.delete(id);
      logger.log('warn', 'blocked-sender-not-dismissed', { channel, code: answer.error.code });
    }
  }
}
