/** A real DbusNotifier on the test desktop's bus, with everything it reports written down. */
import { expect, vi } from 'vitest';
import type { NotificationSpec, NotifierCapabilities } from '../../../core/ports.ts';
import { SessionBus } from '../dbus/session-bus.ts';
import { DbusNotifier } from './dbus-notifier.ts';

export const withButtons: NotifierCapabilities = { shows: true, actions: true, fixedTextOnly: false };
export const withoutDaemon: NotifierCapabilities = { shows: false, actions: false, fixedTextOnly: false };

export interface RecordedNotifier {
  readonly notifier: DbusNotifier;
  readonly bus: SessionBus;
  /** Tokens, in the order in which they came back. */
  readonly activated: string[];
  readonly gone: { readonly id: string; readonly reason: string }[];
  readonly capabilities: NotifierCapabilities[];
  end(): Promise<void>;
}

/** @param expected capabilities to wait for before the test begins */
export async function openRecordedNotifier(expected = withButtons): Promise<RecordedNotifier> {
  const silent = { log: () => undefined };
  const bus = new SessionBus(silent);
  const notifier = new DbusNotifier(
    bus,
    { appName: 'Portcullis', desktopEntry: 'portcullis', icon: '' },
    silent,
  );
  const recorded: RecordedNotifier = {
    notifier,
    bus,
    activated: [],
    gone: [],
    capabilities: [],
    end: async () => {
      await notifier.dispose();
      await bus.close();
    },
  };
  notifier.onActivated((token) => recorded.activated.push(token));
  notifier.onGone((id, reason) => recorded.gone.push({ id, reason }));
  notifier.onCapabilities((capabilities) => recorded.capabilities.push(capabilities));
  await vi.waitFor(() => expect(notifier.capabilities).toEqual(expected));
  return recorded;
}

export function pairingRequest(change: Partial<NotificationSpec> = {}): NotificationSpec {
  return {
    id: 'chat:1',
    title: 'Alice wants to talk to your assistant',
    body: 'iMessage, +49 151 0000001',
    urgency: 'critical',
    actions: [
      { token: 'token-deny', label: 'Deny' },
      { token: 'token-approve', label: 'Approve' },
    ],
    openToken: 'token-open',
    ...change,
  };
}
