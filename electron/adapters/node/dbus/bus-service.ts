/**
 * A service of the desktop, known by its bus name and followed through restarts. Calls go to, and signals count
 * only from, the connection that owns the name now: any other client on the bus can send the same signal.
 */
import { z } from 'zod';
import { Listeners, type Stop } from '../../../contract/listeners.ts';
import { fail, type Result } from '../../../contract/result.ts';
import type { BusFailure, BusSignal } from './bus-types.ts';
import { theBus, type SessionBus } from './session-bus.ts';

const ownerChanged = z.tuple([z.string(), z.string(), z.string()]);
const ownerReply = z.tuple([z.string()]);

export class BusService {
  readonly #bus: SessionBus;
  readonly #name: string;
  readonly #listeners = new Listeners<[owner: string | null]>();
  /** Told at every change; a restart shows as `null` and then a new owner. */
  readonly onOwner = this.#listeners.add;
  readonly #stops: readonly Stop[];
  #owner: string | null = null;
  /** Counts what the bus told us unasked; an answer asked for before is older than that. */
  #news = 0;

  constructor(bus: SessionBus, name: string) {
    this.#bus = bus;
    this.#name = name;
    this.#stops = [
      bus.onSignal({ path: theBus.path, interface: theBus.interface, arg0: name }, (signal) => {
        this.#ownerSignal(signal);
      }),
      bus.onConnected((connected) => {
        this.#news += 1;
        if (connected) void this.#ask();
        else this.#setOwner(null);
      }),
    ];
    if (bus.connected) void this.#ask();
  }

  /** Unique name of the connection that owns the service now. */
  get owner(): string | null {
    return this.#owner;
  }

  /** Calls the owner of this moment; a service that starts meanwhile does not get the call. */
  call(
    path: string,
    interfaceName: string,
    member: string,
    signature: string,
    body: readonly unknown[],
    deadlineMs?: number,
  ): Promise<Result<readonly unknown[], BusFailure>> {
    if (this.#owner === null) return Promise.resolve(fail({ kind: 'no-bus', name: null }));
    const call = { destination: this.#owner, path, interface: interfaceName, member, signature, body };
    return this.#bus.call(call, deadlineMs);
  }

  /** Signals of the service; those of the same shape from anybody else are dropped. */
  onSignal(path: string, interfaceName: string, listener: (signal: BusSignal) => void): Stop {
    return this.#bus.onSignal({ path, interface: interfaceName }, (signal) => {
      if (signal.sender === this.#owner) listener(signal);
    });
  }

  /** Asks the bus to start the service where it can be started on demand. */
  async activate(): Promise<void> {
    await this.#bus.call({ ...theBus, member: 'StartServiceByName', signature: 'su', body: [this.#name, 0] });
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
  }

  async #ask(): Promise<void> {
    const news = this.#news;
    const reply = await this.#bus.call({
      ...theBus,
      member: 'GetNameOwner',
      signature: 's',
      body: [this.#name],
    });
    if (!reply.ok || news !== this.#news) return;
    this.#setOwner(ownerReply.parse(reply.value)[0]);
  }

  #ownerSignal(signal: BusSignal): void {
    // The bus signs as org.freedesktop.DBus, a name that no client can have.
    if (signal.sender !== theBus.destination || signal.member !== 'NameOwnerChanged') return;
    const change = ownerChanged.safeParse(signal.body);
    if (!change.success || change.data[0] !== this.#name) return;
    this.#news += 1;
    const newOwner = change.data[2] === '' ? null : change.data[2];
    if (this.#owner !== null && newOwner !== null && this.#owner !== newOwner) this.#setOwner(null);
    this.#setOwner(newOwner);
  }

  #setOwner(owner: string | null): void {
    if (owner === this.#owner) return;
    this.#owner = owner;
    this.#listeners.emit(owner);
  }
}
