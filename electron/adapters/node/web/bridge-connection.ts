/** One browser tab's socket: commands in, results and pushes out, and an end for tabs that hang or flood. */
import type { RawData, WebSocket } from 'ws';
import { bridgeClose } from '../../../contract/bridge-frames.ts';
import type { ServerFrame } from '../../../contract/bridge-frames.ts';
import { dispatch } from '../../../contract/dispatch.ts';
import type { ServedApp } from '../../../contract/served-app.ts';
import type { AppSnapshot } from '../../../contract/snapshot.ts';
import type { Logger, Stop } from '../../../core/ports.ts';
import type { FocusRelay } from '../serve/focus-relay.ts';
import { LatestOnly } from '../serve/latest-only.ts';
import { parseClientFrame } from './client-frame.ts';

/** Commands a tab may have under way, unsent answers included; a person needs two or three. */
const maxUnderWay = 32;

export interface BridgeConnectionOptions {
  /** Of a tab that was let in. */
  readonly socket: WebSocket;
  readonly app: ServedApp;
  readonly focus: FocusRelay;
  readonly logger: Logger;
  /** A tab that answered no ping for this long is gone (its machine slept, or it stopped reading). */
  readonly heartbeatMs: number;
}

export class BridgeConnection {
  readonly #options: BridgeConnectionOptions;
  readonly #snapshots: LatestOnly<AppSnapshot>;
  readonly #stops: readonly Stop[];
  #underWay = 0;
  #alive = true;

  constructor(options: BridgeConnectionOptions) {
    this.#options = options;
    const { app, socket, heartbeatMs } = options;
    this.#snapshots = new LatestOnly((payload) => this.#send({ push: 'snapshot.changed', payload }));
    this.#snapshots.offer(app.snapshot());
    const heartbeat = setInterval(() => {
      this.#beat();
    }, heartbeatMs);
    this.#stops = [
      app.onSnapshot((snapshot) => {
        this.#snapshots.offer(snapshot);
      }),
      options.focus.attach((key) => void this.#send({ push: 'request.focus', payload: { key } })),
      () => {
        clearInterval(heartbeat);
      },
    ];
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('message', (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    socket.once('close', () => {
      this.#end();
    });
  }

  /** Bounded: a tab that does not answer the close handshake is cut off by ws after 30 s, or by the server's stop. */
  close(code: number): void {
    this.#options.socket.close(code);
  }

  #end(): void {
    this.#snapshots.dispose();
    for (const stop of this.#stops) stop();
  }

  #beat(): void {
    if (!this.#alive) {
      this.#options.logger.log('info', 'bridge.silent-tab');
      this.#options.socket.terminate();
      return;
    }
    this.#alive = false;
    this.#options.socket.ping();
  }

  #receive(data: RawData, isBinary: boolean): void {
    const frame = parseClientFrame(data, isBinary);
    if (frame === null) {
      this.close(bridgeClose.unreadableFrame);
      return;
    }
    if (this.#underWay >= maxUnderWay) {
      this.close(bridgeClose.tooMuch);
      return;
    }
    void this.#answer(frame.id, frame.command, frame.input);
  }

  async #answer(id: number, command: string, input: unknown): Promise<void> {
    const { app, logger } = this.#options;
    this.#underWay += 1;
    const result = await dispatch(app.handlers, command, input, (name, error) => {
      logger.log('error', 'command.threw', { command: name, error });
    });
    await this.#send({ id, result });
    this.#underWay -= 1;
  }

  /** Resolves when the frame has left for the kernel, or can never leave; the socket's own close cleans up. */
  #send(frame: ServerFrame): Promise<void> {
    return new Promise((resolve) => {
      this.#options.socket.send(JSON.stringify(frame), () => {
        resolve();
      });
    });
  }
}
