/** Stands for a desktop that shows notifications with buttons: remembers what is on screen and lets a test press it. */
import { Listeners } from '../../contract/listeners.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { GoneReason, NotificationSpec, Notifier, NotifierCapabilities } from '../ports.ts';

export class NotifierDouble implements Notifier {
  capabilities: NotifierCapabilities = { shows: true, actions: true, fixedTextOnly: false };
  readonly screen = new Map<string, NotificationSpec>();
  /** `show ID` and `close ID`, in the order in which they were carried out. */
  readonly calls: string[] = [];
  refuses = false;
  /** Shows wait for it. */
  gate: Promise<void> = Promise.resolve();
  readonly #capabilities = new Listeners<[NotifierCapabilities]>();
  readonly onCapabilities = this.#capabilities.add;
  readonly #activated = new Listeners<[token: string]>();
  readonly onActivated = this.#activated.add;
  readonly #gone = new Listeners<[id: string, reason: GoneReason]>();
  readonly onGone = this.#gone.add;

  async show(spec: NotificationSpec): Promise<Result<null>> {
    await this.gate;
    this.calls.push(`show ${spec.id}`);
    if (this.refuses) return fail(appError('internal', 'The desktop refused.'));
    this.screen.set(spec.id, spec);
    return ok(null);
  }

  close(id: string): Promise<void> {
    this.calls.push(`close ${id}`);
    this.screen.delete(id);
    return Promise.resolve();
  }

  dispose(): Promise<void> {
    this.screen.clear();
    return Promise.resolve();
  }

  become(capabilities: Partial<NotifierCapabilities>): void {
    this.capabilities = { ...this.capabilities, ...capabilities };
    this.#capabilities.emit(this.capabilities);
  }

  /** What the desktop reports; `daemon-gone` takes everything off the screen. */
  lose(id: string, reason: GoneReason): void {
    if (reason === 'daemon-gone') this.screen.clear();
    else this.screen.delete(id);
    this.#gone.emit(id, reason);
  }

  /** @param label of a button, or null for the notification itself */
  press(id: string, label: string | null): void {
    const spec = this.screen.get(id);
    const token = label === null ? spec?.openToken : spec?.actions.find((it) => it.label === label)?.token;
    if (token === undefined) throw new Error(`Nothing to press: ${id} ${label ?? ''}`);
    this.#activated.emit(token);
  }

  /** A token that came from anywhere. */
  activate(token: string): void {
    this.#activated.emit(token);
  }
}
