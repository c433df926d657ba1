/**
 * Stands for a notification daemon other than the one on the test desktop: one without buttons, without markup, or
 * one that answers late. Draws nothing; keeps what it was asked to show and lets the test press and close.
 */
import { z } from 'zod';
import type { ExportedInterface } from '../dbus/bus-types.ts';
import { SessionBus } from '../dbus/session-bus.ts';

const notifyCall = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.record(z.string(), z.unknown()),
  z.number(),
]);

export interface AskedToShow {
  readonly number: number;
  readonly replaces: number;
  readonly title: string;
  readonly body: string;
  /** Key and label in turn. */
  readonly actions: readonly string[];
  readonly hints: Readonly<Record<string, unknown>>;
  readonly timeout: number;
}

export class NotificationDaemonDouble {
  readonly asked: AskedToShow[] = [];
  readonly closed: number[] = [];
  readonly #bus = new SessionBus({ log: () => undefined });
  readonly #interface: ExportedInterface;
  /** What happens before Notify is answered; a test sets it to press early or to hold the answer back. */
  beforeAnswer: (asked: AskedToShow) => void | Promise<void> = () => undefined;

  constructor(capabilities: readonly string[]) {
    this.#interface = {
      path: '/org/freedesktop/Notifications',
      name: 'org.freedesktop.Notifications',
      methods: {
        GetCapabilities: { in: '', out: 'as', answer: () => [capabilities] },
        Notify: { in: 'susssasa{sv}i', out: 'u', answer: (body) => this.#notify(body) },
        CloseNotification: { in: 'u', out: '', answer: ([number]) => this.#closeCalled(number) },
      },
      properties: {},
      signals: { ActionInvoked: 'us', NotificationClosed: 'uu' },
    };
    this.#bus.serve(this.#interface);
    this.#bus.own('org.freedesktop.Notifications');
  }

  press(number: number, key: string): void {
    this.#bus.emit(this.#interface, 'ActionInvoked', [number, key]);
  }

  /** @param reason 1 expired, 2 dismissed, 3 closed by a call, 4 undefined */
  close(number: number, reason: number): void {
    this.#bus.emit(this.#interface, 'NotificationClosed', [number, reason]);
  }

  async stop(): Promise<void> {
    await this.#bus.close();
  }

  async #notify(body: readonly unknown[]): Promise<readonly unknown[]> {
    const [, replaces, , title, text, actions, hints, timeout] = notifyCall.parse(body);
    const number = replaces === 0 ? this.asked.length + 1 : replaces;
    const asked = { number, replaces, title, body: text, actions, hints, timeout };
    this.asked.push(asked);
    await this.beforeAnswer(asked);
    return [number];
  }

  #closeCalled(number: unknown): readonly unknown[] {
    const parsed = z.number().parse(number);
    this.closed.push(parsed);
    this.close(parsed, 3);
    return [];
  }
}
