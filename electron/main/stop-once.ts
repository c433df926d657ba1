/** Quitting is asked for from many sides (menu, window, signal, session end), happens once, and always happens. */
import type { Logger } from '../core/ports.ts';

/** A gateway or a bus that does not answer must not keep the app from ending. */
const stopDeadlineMs = 5_000;

export interface StopOnceOptions {
  readonly logger: Logger;
  /** Called once, also when stopping failed or took too long. */
  readonly exit: () => void;
}

export function stopOnce(stop: () => Promise<void>, { logger, exit }: StopOnceOptions): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    const late = Promise.withResolvers<undefined>();
    const deadline = setTimeout(() => {
      logger.log('error', 'host.stop-timed-out');
      late.resolve(undefined);
    }, stopDeadlineMs);
    const stopped = stop().catch((error: unknown) => {
      logger.log('error', 'host.stop-failed', { error });
    });
    void Promise.race([stopped, late.promise]).then(() => {
      clearTimeout(deadline);
      exit();
    });
  };
}
