/**
 * One connection to the desktop's session bus, kept up: it dials again when the bus goes away and then puts match
 * rules, exported interfaces and names back. Without a bus everything answers `no-bus`; nothing throws, nothing
 * takes the process down.
 */
import { ConnectionClosedError, sessionBus, TimeoutError, type Message, type MessageBus } from 'dbus-native';
import { Listeners, type Stop } from '../../../contract/listeners.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type { Logger } from '../../../core/ports.ts';
import type { BusCall, BusFailure, BusSignal, ExportedInterface, SignalFilter } from './bus-types.ts';
import { exportInterface } from './export-interface.ts';

/** Longer than any healthy desktop service takes, short enough that nobody waits for a hung one. */
const CALL_DEADLINE_MS = 5_000;
/** For questions whose answer is of use whenever it comes: a hung service may come to itself. */
export const PATIENT_DEADLINE_MS = 120_000;
const FIRST_REDIAL_MS = 250;
const SLOWEST_REDIAL_MS = 30_000;

const SIGNAL = 4;
/** Do not queue for a name: somebody else's is somebody else's. */
const DO_NOT_QUEUE = 4;
const noBus: BusFailure = { kind: 'no-bus', name: null };

interface SignalSubscription {
  readonly filter: SignalFilter;
  readonly rule: string;
  readonly listener: (signal: BusSignal) => void;
}

export class SessionBus {
  readonly #log: Logger;
  readonly #address: string | undefined;
  readonly #signals = new Set<SignalSubscription>();
  readonly #exports = new Set<ExportedInterface>();
  readonly #names = new Set<string>();
  readonly #connectionListeners = new Listeners<[connected: boolean]>();
  /** Told at every change. Everything asked of the bus by an earlier connection is gone by then. */
  readonly onConnected = this.#connectionListeners.add;
  #bus: MessageBus | null = null;
  #connected = false;
  #redialMs = FIRST_REDIAL_MS;
  #redialTimer: NodeJS.Timeout | null = null;
  #closed = false;

  /** @param address D-Bus address; undefined: there is no session bus, and there will be none. */
  constructor(log: Logger, address: string | undefined = sessionBusAddress(process.env)) {
    this.#log = log;
    this.#address = address;
    this.#dial();
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** @returns the results in order, unparsed */
  call(call: BusCall, deadlineMs = CALL_DEADLINE_MS): Promise<Result<readonly unknown[], BusFailure>> {
    const bus = this.#bus;
    if (bus === null || !this.#connected) return Promise.resolve(fail(noBus));
    const message: Message = {
      destination: call.destination,
      path: call.path,
      interface: call.interface,
      member: call.member,
      ...(call.signature === '' ? {} : { signature: call.signature, body: [...call.body] }),
    };
    return new Promise((resolve) => {
      bus.invoke(message, { timeout: deadlineMs }, (error, ...results: unknown[]) => {
        resolve(error === null ? ok(results) : fail(failureOf(error)));
      });
    });
  }

  /** Signals of an interface at a path, whoever sends them: compare `sender`, or use BusService, which does. */
  onSignal(filter: SignalFilter, listener: (signal: BusSignal) => void): Stop {
    const subscription: SignalSubscription = { filter, rule: matchRule(filter), listener };
    const isNewRule = !this.#hasRule(subscription.rule);
    this.#signals.add(subscription);
    if (isNewRule) this.#changeRule('AddMatch', subscription.rule);
    return () => {
      if (!this.#signals.delete(subscription)) return;
      if (!this.#hasRule(subscription.rule)) this.#changeRule('RemoveMatch', subscription.rule);
    };
  }

  /** Serves an interface, now and after every reconnect. */
  serve(exported: ExportedInterface): Stop {
    this.#exports.add(exported);
    if (this.#bus !== null) exportInterface(this.#bus, exported);
    return () => {
      if (this.#exports.delete(exported)) this.#bus?.unexportInterface(exported.path, exported.name);
    };
  }

  /** Sends a signal of an interface that is being served; dropped while there is no bus. */
  emit(exported: ExportedInterface, member: string, body: readonly unknown[]): void {
    if (!this.#connected) return;
    this.#bus?.sendSignal(exported.path, exported.name, member, exported.signals[member] ?? '', [...body]);
  }

  /** Takes a well-known name, now and after every reconnect. */
  own(name: string): Stop {
    this.#names.add(name);
    this.#requestName(name);
    return () => {
      if (!this.#names.delete(name)) return;
      void this.#callBus('ReleaseName', 's', [name]);
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#redialTimer !== null) clearTimeout(this.#redialTimer);
    const bus = this.#bus;
    this.#lose();
    await bus?.close();
  }

  // ------------------------------------------------------------------ the connection

  #dial(): void {
    this.#redialTimer = null;
    if (this.#address === undefined || this.#address === '') {
      this.#log.log('info', 'session-bus.absent');
      return;
    }
    let bus: MessageBus;
    try {
      bus = sessionBus({ busAddress: this.#address, timeout: CALL_DEADLINE_MS, authMethods: ['EXTERNAL'] });
    } catch (error: unknown) {
      // The address itself is not understood: trying again would not help.
      this.#log.log('warn', 'session-bus.bad-address', { error: String(error) });
      return;
    }
    this.#bus = bus;
    const connection = bus.connection;
    connection.on('connect', () => this.#gained(bus));
    connection.on('message', (message: Message) => this.#received(message));
    connection.on('handlerError', (error: Error) => {
      // Raised by a malformed call from another client inside the library: that client gets no answer, we go on.
      this.#log.log('warn', 'session-bus.handler-error', { error: error.message });
    });
    connection.on('error', (error: Error) => this.#failed(bus, error.message));
    connection.on('close', () => this.#failed(bus, 'closed'));
    for (const exported of this.#exports) exportInterface(bus, exported);
  }

  #gained(bus: MessageBus): void {
    if (bus !== this.#bus) return;
    this.#connected = true;
    this.#redialMs = FIRST_REDIAL_MS;
    this.#log.log('info', 'session-bus.connected');
    for (const rule of new Set([...this.#signals].map((signal) => signal.rule)))
      this.#changeRule('AddMatch', rule);
    for (const name of this.#names) this.#requestName(name);
    this.#connectionListeners.emit(true);
  }

  #failed(bus: MessageBus, reason: string): void {
    if (bus !== this.#bus || this.#closed) return;
    // Said once, not with every try.
    const level = this.#connected || this.#redialMs === FIRST_REDIAL_MS ? 'warn' : 'debug';
    this.#log.log(level, 'session-bus.lost', { reason, redialMs: this.#redialMs });
    this.#lose();
    bus.connection.stream.destroy();
    this.#redialTimer = setTimeout(() => this.#dial(), this.#redialMs);
    this.#redialMs = Math.min(this.#redialMs * 2, SLOWEST_REDIAL_MS);
  }

  #lose(): void {
    const wasConnected = this.#connected;
    this.#bus = null;
    this.#connected = false;
    if (wasConnected) this.#connectionListeners.emit(false);
  }

  #received(message: Message): void {
    if (message.type !== SIGNAL || message.sender === undefined || message.member === undefined) return;
    const signal: BusSignal = {
      sender: message.sender,
      member: message.member,
      body: message.body ?? [],
    };
    for (const { filter, listener } of [...this.#signals]) {
      if (filter.path !== message.path || filter.interface !== message.interface) continue;
      if (filter.arg0 !== undefined && filter.arg0 !== signal.body[0]) continue;
      listener(signal);
    }
  }

  // ------------------------------------------------------------------ the bus itself

  #hasRule(rule: string): boolean {
    return [...this.#signals].some((signal) => signal.rule === rule);
  }

  #changeRule(member: 'AddMatch' | 'RemoveMatch', rule: string): void {
    void this.#callBus(member, 's', [rule]);
  }

  #requestName(name: string): void {
    void this.#callBus('RequestName', 'su', [name, DO_NOT_QUEUE]);
  }

  async #callBus(member: string, signature: string, body: readonly unknown[]): Promise<void> {
    if (!this.#connected) return;
    const result = await this.call({ ...theBus, member, signature, body });
    if (!result.ok) this.#log.log('warn', 'session-bus.refused', { member, ...result.error });
  }
}

/** Where the session bus is: as the desktop says, else where systemd puts it (for a service or an ssh login). */
export function sessionBusAddress(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const said = env['DBUS_SESSION_BUS_ADDRESS'];
  if (said !== undefined) return said;
  const runtimeFolder = env['XDG_RUNTIME_DIR'];
  return runtimeFolder === undefined ? undefined : `unix:path=${runtimeFolder}/bus`;
}

/** Where the bus itself answers. */
export const theBus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

function matchRule(filter: SignalFilter): string {
  const arg0 = filter.arg0 === undefined ? '' : `,arg0='${filter.arg0}'`;
  return `type='signal',path='${filter.path}',interface='${filter.interface}'${arg0}`;
}

function failureOf(error: Error): BusFailure {
  if (error instanceof TimeoutError) return { kind: 'no-answer', name: null };
  if (error instanceof ConnectionClosedError) return noBus;
  const name = 'dbusName' in error && typeof error.dbusName === 'string' ? error.dbusName : null;
  return { kind: 'refused', name };
}
