/** Quitting is asked for from many sides (menu, window, signal, session end) and happens once. */
import type { Logger } from '../core/ports.ts';

export function stopOnce(stop: () => Promise<void>, logger: Logger): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    stop().catch((error: unknown) => {
      logger.log('error', 'host.stop-failed', { error });
    });
  };
}
