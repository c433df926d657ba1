/** The gateway's config as it was read last: on connecting, and whenever it says that it changed. */
import type { GatewayEvent } from '../ports.ts';
import type { Call } from '../gateway/calls.ts';
import { readGatewayConfig, type GatewayConfigReading } from './gateway-config.ts';

export class ConfigWatch {
  readonly #request: Call;
  readonly #onChange: () => void;
  readonly #pathOf: (path: string) => string;
  #reading: GatewayConfigReading | null = null;
  /** A look that was overtaken by a newer one, or by a lost connection, is dropped. */
  #look = 0;

  /** @param pathOf what the edits call the config at that path of the gateway's machine */
  constructor(request: Call, onChange: () => void, pathOf: (path: string) => string = (path) => path) {
    this.#request = request;
    this.#onChange = onChange;
    this.#pathOf = pathOf;
  }

  /** Null: not connected, or it could not be read. */
  get reading(): GatewayConfigReading | null {
    return this.#reading;
  }

  event({ name }: GatewayEvent): void {
    if (name === 'config.changed') void this.look();
  }

  disconnected(): void {
    this.#look += 1;
    this.#reading = null;
    this.#onChange();
  }

  async look(): Promise<void> {
    this.#look += 1;
    const look = this.#look;
    const reading = await readGatewayConfig(this.#request);
    if (this.#look !== look || reading === null) return;
    const { path } = reading;
    this.#reading = { ...reading, path: path === null ? null : this.#pathOf(path) };
    this.#onChange();
  }
}
