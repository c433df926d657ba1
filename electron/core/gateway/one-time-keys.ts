/**
 * The keys of our own elevations. That the gateway let one in is no news; one that could not be taken back at once,
 * because the gateway was gone, is taken back when it is there again.
 */
import { z } from 'zod';
import type { GatewayEvent, GatewaySession, Logger } from '../ports.ts';

type Taking = Pick<GatewaySession, 'request'>;

const resolvedSchema = z.object({ deviceId: z.string() });

/** The gateway answers, then closes the connection of the removed device. */
export async function forgetKey(session: Taking, deviceId: string): Promise<boolean> {
  const removed = await session.request('device.pair.remove', { deviceId });
  return removed.ok;
}

export class OneTimeKeys {
  readonly #logger: Logger;
  readonly #used = new Set<string>();
  readonly #left = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Before the key is shown to the gateway: its news may come before the gateway's answer to us. */
  use(deviceId: string): void {
    this.#used.add(deviceId);
  }

  /** To be taken back when the gateway is there again. */
  leave(deviceId: string): void {
    this.#left.add(deviceId);
  }

  /** The gateway tells everybody that it let one of these in. */
  isOwnNews({ name, payload }: GatewayEvent): boolean {
    if (name !== 'device.pair.resolved') return false;
    const resolved = resolvedSchema.safeParse(payload);
    return resolved.success && this.#used.has(resolved.data.deviceId);
  }

  async takeBack(session: Taking): Promise<void> {
    for (const deviceId of [...this.#left]) {
      this.#left.delete(deviceId);
      // The key itself is gone, so nobody can use the entry; the owner may still want to tidy up.
      if (!(await forgetKey(session, deviceId)))
        this.#logger.log('error', 'elevated-device-left-paired', { deviceId });
    }
  }
}
