/** One door to the gateway's config, wherever the gateway is: its file on this machine, or RPC to another one. */
import type { ConfigUndo } from '../../contract/gateway-config/config-undo.ts';
import type { Result } from '../../contract/result.ts';
import type {
  ConfigChange,
  ConfigPreview,
  GatewayConfigContent,
  GatewayConfigFile,
} from '../config-ports.ts';

export interface ConfigDoor extends GatewayConfigFile {
  /**
   * The gateway restarts after every write. Then all values of an edit are written at once: a single write is safe by
   * itself, and two would mean two restarts.
   */
  restartsGateway(): boolean;
  /** After a write: resolves when that restart has begun, at once where there is none. */
  settled(): Promise<Result<null>>;
}

export interface ConfigPlaces {
  readonly local: GatewayConfigFile;
  readonly remote: ConfigDoor;
  readonly isRemote: () => boolean;
}

export class PlacedConfig implements ConfigDoor {
  readonly #places: ConfigPlaces;

  constructor(places: ConfigPlaces) {
    this.#places = places;
  }

  restartsGateway(): boolean {
    return this.#places.isRemote();
  }

  async settled(): Promise<Result<null>> {
    // The gateway may be away by now, because it restarts.
    return this.#places.remote.settled();
  }

  async read(): Promise<Result<GatewayConfigContent>> {
    return this.#place().read();
  }

  async preview(changes: readonly ConfigChange[]): Promise<Result<ConfigPreview>> {
    return this.#place().preview(changes);
  }

  async edit(edit: Parameters<GatewayConfigFile['edit']>[0]): Promise<Result<ConfigUndo>> {
    return this.#place().edit(edit);
  }

  async restore(undo: ConfigUndo): Promise<Result<ConfigUndo>> {
    return this.#place().restore(undo);
  }

  async inverse(undo: ConfigUndo): Promise<Result<readonly ConfigChange[]>> {
    return this.#place().inverse(undo);
  }

  #place(): GatewayConfigFile {
    const { local, remote, isRemote } = this.#places;
    return isRemote() ? remote : local;
  }
}
