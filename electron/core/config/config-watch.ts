/** The gateway's config as it was read last: on connecting, and whenever it says that it changed. */
import type { GatewayEvent } from '../ports.ts';
import type { Call } from '../gateway/calls.ts';
import { readGatewayConfig, type GatewayConfigReading } from './gateway-config.ts';

export class ConfigWatch {
  readonly #request: Call;
  readonly #onChange: () => void;
  #reading: GatewayConfigReading | null = null;
  /** A look that was overtaken by a newer one, or by a lost connection, is dropped. */
  #look = 0;

  constructor(request: Call, onChange: () => void) {
    this.#request = request;
    this.#onChange = onChange;
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
    this.#reading = reading;
    this.#onChange();
  }
}
