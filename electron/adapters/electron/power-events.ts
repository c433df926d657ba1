/** Port PowerEvents on Electron's powerMonitor. Usable once the app is ready. */
import { powerMonitor } from 'electron';
import type { PowerEvents, Stop } from '../../core/ports.ts';

/** Linux reports no locking; there `screenLocked` stays false and the arming delay is what protects. */
export class ElectronPowerEvents implements PowerEvents {
  #screenLocked: boolean;
  readonly #onLock = (): void => {
    this.#screenLocked = true;
  };
  readonly #onUnlock = (): void => {
    this.#screenLocked = false;
  };

  /** @param platform where Electron tells of unlocking: a lock we would never hear the end of is not read. */
  constructor(platform: NodeJS.Platform) {
    this.#screenLocked = platform !== 'linux' && powerMonitor.getSystemIdleState(1) === 'locked';
    powerMonitor.on('lock-screen', this.#onLock);
    powerMonitor.on('unlock-screen', this.#onUnlock);
  }

  get screenLocked(): boolean {
    return this.#screenLocked;
  }

  onSuspend(listener: () => void): Stop {
    powerMonitor.on('suspend', listener);
    return () => void powerMonitor.off('suspend', listener);
  }

  onResume(listener: () => void): Stop {
    powerMonitor.on('resume', listener);
    return () => void powerMonitor.off('resume', listener);
  }

  dispose(): void {
    powerMonitor.off('lock-screen', this.#onLock);
    powerMonitor.off('unlock-screen', this.#onUnlock);
  }
}
