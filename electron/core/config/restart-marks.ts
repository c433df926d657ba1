/**
 * Which gateways have to restart because of a write of ours, on disk before the write is sent: neither a crash nor a
 * broken connection makes the owner's channel go on without its tools unnoticed
 * (docs/GATEWAY-PROTOCOL.md#writes-over-a-connection).
 */
import { withOwedRestart, withoutOwedRestart, type RecordedRestart } from './config-record.ts';
import type { RecordKeeper } from './record-keeper.ts';

export class RestartMarks {
  readonly #record: RecordKeeper;

  constructor(record: RecordKeeper) {
    this.#record = record;
  }

  /** @param gateway its address */
  of(gateway: string): RecordedRestart | null {
    return this.#record.current.owedRestarts.find((owed) => owed.gateway === gateway) ?? null;
  }

  /**
   * Resolves when it is on disk.
   * @param bootId names the start of the gateway that is about to be written to
   * @returns takes this mark back, for when nothing was written; one that stood before stays
   */
  async owe(gateway: string, bootId: string): Promise<() => Promise<void>> {
    const before = this.of(gateway);
    if (before?.bootId === bootId) return () => Promise.resolve();
    await this.#record.change((record) => withOwedRestart(record, { gateway, bootId }));
    return async () => this.#forget(gateway);
  }

  /** We are connected to this start of the gateway. */
  async connectedTo(gateway: string, bootId: string): Promise<void> {
    const written = this.of(gateway)?.bootId ?? '';
    if (written !== '' && bootId !== '' && written !== bootId) await this.#forget(gateway);
  }

  /** It hung up after it was told to restart: all that is seen of one that does not name its starts. */
  async hungUp(gateway: string): Promise<void> {
    if (this.of(gateway)?.bootId === '') await this.#forget(gateway);
  }

  async #forget(gateway: string): Promise<void> {
    await this.#record.change((record) => withoutOwedRestart(record, gateway));
  }
}
