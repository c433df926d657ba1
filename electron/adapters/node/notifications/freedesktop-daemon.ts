/**
 * The wire of org.freedesktop.Notifications (Desktop Notifications Specification 1.2): one typed method per call and
 * signal. Knows nothing about requests or tokens.
 */
import { Variant } from 'dbus-native';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Stop } from '../../../core/ports.ts';
import { BusService } from '../dbus/bus-service.ts';
import type { BusFailure } from '../dbus/bus-types.ts';
import { PATIENT_DEADLINE_MS, type SessionBus } from '../dbus/session-bus.ts';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';

const notifyReply = z.tuple([z.int().positive()]);
const capabilitiesReply = z.tuple([z.array(z.string())]);
const actionInvoked = z.tuple([z.int(), z.string()]);
const notificationClosed = z.tuple([z.int(), z.int()]);

/** Reason codes of NotificationClosed. */
export const CLOSED_BY_EXPIRY = 1;

export interface DaemonNotification {
  /** Number of the notification to replace, 0 for a new one. */
  readonly replaces: number;
  readonly appName: string;
  readonly icon: string;
  readonly desktopEntry: string;
  readonly title: string;
  readonly body: string;
  /** Key and label in turn, in the order of the buttons. */
  readonly actions: readonly string[];
  readonly urgency: 'normal' | 'critical';
}

export type DaemonSignal =
  | { readonly type: 'action'; readonly number: number; readonly key: string }
  | { readonly type: 'closed'; readonly number: number; readonly reason: number };

/** What the daemon can draw. */
export interface DaemonCapabilities {
  readonly actions: boolean;
  readonly markup: boolean;
}

export class FreedesktopDaemon {
  readonly #service: BusService;

  constructor(bus: SessionBus) {
    this.#service = new BusService(bus, NAME);
  }

  get running(): boolean {
    return this.#service.owner !== null;
  }

  /** `true` with every daemon that appears, `false` when it goes; everything it showed is lost then. */
  onRunning(listener: (running: boolean) => void): Stop {
    return this.#service.onOwner((owner) => listener(owner !== null));
  }

  /** Most desktops start their daemon only when somebody asks for it. */
  activate(): Promise<void> {
    return this.#service.activate();
  }

  async capabilities(): Promise<Result<DaemonCapabilities, BusFailure>> {
    const reply = await this.#service.call(PATH, NAME, 'GetCapabilities', '', [], PATIENT_DEADLINE_MS);
    if (!reply.ok) return reply;
    const parsed = capabilitiesReply.safeParse(reply.value);
    if (!parsed.success) return fail({ kind: 'refused', name: null });
    const names = parsed.data[0];
    return ok({ actions: names.includes('actions'), markup: names.includes('body-markup') });
  }

  /** Waits long for the daemon. @returns its number of the notification */
  async notify(notification: DaemonNotification): Promise<Result<number, BusFailure>> {
    const call = ['Notify', 'susssasa{sv}i', wireOf(notification), PATIENT_DEADLINE_MS] as const;
    const reply = await this.#service.call(PATH, NAME, ...call);
    if (!reply.ok) return reply;
    const parsed = notifyReply.safeParse(reply.value);
    return parsed.success ? ok(parsed.data[0]) : fail({ kind: 'refused', name: null });
  }

  async closeNotification(number: number): Promise<void> {
    // An error reply says that it is gone already, which is what was wanted.
    await this.#service.call(PATH, NAME, 'CloseNotification', 'u', [number]);
  }

  /** Signals of the daemon itself; forged ones from other clients never get here. */
  onSignal(listener: (signal: DaemonSignal) => void): Stop {
    return this.#service.onSignal(PATH, NAME, ({ member, body }) => {
      if (member === 'ActionInvoked') {
        const parsed = actionInvoked.safeParse(body);
        if (parsed.success) listener({ type: 'action', number: parsed.data[0], key: parsed.data[1] });
      } else if (member === 'NotificationClosed') {
        const parsed = notificationClosed.safeParse(body);
        if (parsed.success) listener({ type: 'closed', number: parsed.data[0], reason: parsed.data[1] });
      }
    });
  }

  dispose(): void {
    this.#service.dispose();
  }
}

const UNTIL_ANSWERED = 0;
const AS_LONG_AS_THE_DESKTOP_LIKES = -1;

function wireOf(notification: DaemonNotification): readonly unknown[] {
  const critical = notification.urgency === 'critical';
  const hints = {
    urgency: new Variant('y', critical ? 2 : 1),
    'desktop-entry': new Variant('s', notification.desktopEntry),
  };
  return [
    notification.appName,
    notification.replaces,
    notification.icon,
    wireText(notification.title),
    wireText(notification.body),
    notification.actions.map(wireText),
    hints,
    critical ? UNTIL_ANSWERED : AS_LONG_AS_THE_DESKTOP_LIKES,
  ];
}

/** The bus disconnects a client that sends a NUL or half a surrogate pair in a string. */
function wireText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
