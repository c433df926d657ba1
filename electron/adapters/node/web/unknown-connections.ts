/** Connections no tab of the owner's speaks over yet: few at once and none for long, whoever opens them. */
import type { Socket } from 'node:net';
import type { Stop, Timers } from '../../../core/ports.ts';

/** A browser loads the window over six, and every open tab of ours may come back at the same moment. */
export const maxUnknown = 64;

/** Time for one request, or for an upgrade and its greeting; a browser on a busy machine needs seconds. */
export const unknownLifeMs = 15_000;

/**
 * SECURITY: when there are too many, the oldest goes and never the newest, so that connections somebody keeps half
 * open make room for the owner's. Tabs that were let in do not count and are not touched.
 */
export class UnknownConnections {
  readonly #timers: Timers;
  /** In the order they came. */
  readonly #open = new Map<Socket, Stop>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  receive(socket: Socket): void {
    const [oldest] = this.#open.keys();
    if (oldest !== undefined && this.#open.size >= maxUnknown) this.#drop(oldest);
    this.#open.set(
      socket,
      this.#timers.after(unknownLifeMs, () => {
        this.#drop(socket);
      }),
    );
    socket.once('close', () => {
      this.release(socket);
    });
  }

  /** A tab was let in over it, or it is gone. */
  release(socket: Socket): void {
    this.#open.get(socket)?.();
    this.#open.delete(socket);
  }

  #drop(socket: Socket): void {
    this.release(socket);
    socket.destroy();
  }
}
