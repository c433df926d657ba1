/**
 * Notifier for the browser host on macOS and Windows: says "look here" and nothing else. node-notifier passes text
 * on to its helpers as options and, on macOS, cannot tell a click on a button from a click beside it. So no word of a
 * request ever reaches it, it has no buttons, and its click only opens.
 */
import { Listeners } from '../../../contract/listeners.ts';
import { appError, fail, ok, type Result } from '../../../contract/result.ts';
import type {
  GoneReason,
  Logger,
  NotificationSpec,
  Notifier,
  NotifierCapabilities,
} from '../../../core/ports.ts';

/** All that node-notifier is ever given. `timeout` in seconds. */
export const lookHere = Object.freeze({
  title: 'Portcullis',
  message: 'A request is waiting for your answer. Click to look at it.',
  wait: true,
  timeout: 60,
} as const);

/** The helper does not always report back: after this long the notification counts as expired. */
const REPORT_DEADLINE_MS = 90_000;

/** `notify` of node-notifier, as far as it is used here. */
export type NotifyFunction = (
  notification: typeof lookHere,
  callback: (error: Error | null, response: string | undefined) => void,
) => unknown;

/** The one notification that is up, on behalf of every request shown since. */
interface Showing {
  readonly ids: Set<string>;
  openToken: string;
  readonly deadline: NodeJS.Timeout;
}

export class LookHereNotifier implements Notifier {
  readonly #notify: NotifyFunction;
  readonly #log: Logger;
  readonly #capabilityListeners = new Listeners<[NotifierCapabilities]>();
  readonly onCapabilities = this.#capabilityListeners.add;
  readonly #activationListeners = new Listeners<[token: string]>();
  readonly onActivated = this.#activationListeners.add;
  readonly #goneListeners = new Listeners<[id: string, reason: GoneReason]>();
  readonly onGone = this.#goneListeners.add;
  #capabilities: NotifierCapabilities = { shows: true, actions: false, fixedTextOnly: true };
  #showing: Showing | null = null;

  constructor(notify: NotifyFunction, log: Logger) {
    this.#notify = notify;
    this.#log = log;
  }

  get capabilities(): NotifierCapabilities {
    return this.#capabilities;
  }

  show(spec: NotificationSpec): Promise<Result<null>> {
    if (!this.#capabilities.shows) {
      return Promise.resolve(fail(appError('unsupported', 'This desktop shows no notifications.')));
    }
    if (this.#showing !== null) {
      this.#showing.ids.add(spec.id);
      this.#showing.openToken = spec.openToken;
      return Promise.resolve(ok(null));
    }
    const deadline = setTimeout(() => this.#over(showing, 'expired'), REPORT_DEADLINE_MS);
    const showing: Showing = { ids: new Set([spec.id]), openToken: spec.openToken, deadline };
    this.#showing = showing;
    // The helper reports only when the notification is over, so there is nothing to wait for.
    this.#notify(lookHere, (error, response) => this.#reported(showing, error, response));
    return Promise.resolve(ok(null));
  }

  /** The helpers cannot take a notification down again; a late click then opens the window, nothing more. */
  close(id: string): Promise<void> {
    this.#showing?.ids.delete(id);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    if (this.#showing !== null) clearTimeout(this.#showing.deadline);
    this.#showing = null;
    this.#activationListeners.clear();
    this.#goneListeners.clear();
    this.#capabilityListeners.clear();
    return Promise.resolve();
  }

  #reported(showing: Showing, error: Error | null, response: string | undefined): void {
    // The helper may report twice, or after the deadline.
    if (showing !== this.#showing) return;
    if (error !== null) {
      this.#log.log('warn', 'notification.helper-failed', { error: error.message });
      this.#capabilities = { ...this.#capabilities, shows: false };
      this.#capabilityListeners.emit(this.#capabilities);
    }
    if (response !== 'activate') {
      this.#over(showing, response === 'timeout' ? 'expired' : 'dismissed');
      return;
    }
    this.#end(showing);
    this.#activationListeners.emit(showing.openToken);
  }

  #over(showing: Showing, reason: 'dismissed' | 'expired'): void {
    this.#end(showing);
    for (const id of showing.ids) this.#goneListeners.emit(id, reason);
  }

  #end(showing: Showing): void {
    clearTimeout(showing.deadline);
    this.#showing = null;
  }
}
