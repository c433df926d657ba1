/** One-time keys of elevations that could not be taken back at once, because the gateway was gone; done when it is back. */
import type { GatewaySession, Logger } from '../ports.ts';

type Taking = Pick<GatewaySession, 'request'>;

/** The gateway answers, then closes the connection of the removed device. */
export async function forgetKey(session: Taking, deviceId: string): Promise<boolean> {
  const removed = await session.request('device.pair.remove', { deviceId });
  return removed.ok;
}

export class LeftKeys {
  readonly #logger: Logger;
  readonly #left = new Set<string>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  readonly add = (deviceId: string): void => {
    this.#left.add(deviceId);
  };

  async takeBack(session: Taking): Promise<void> {
    for (const deviceId of [...this.#left]) {
      this.#left.delete(deviceId);
      // The key itself is gone, so nobody can use the entry; the owner may still want to tidy up.
      if (!(await forgetKey(session, deviceId)))
        this.#logger.log('error', 'elevated-device-left-paired', { deviceId });
    }
  }
}
