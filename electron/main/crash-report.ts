/** The last line of defence of both hosts: what nobody caught is logged before anything else happens. */
import process from 'node:process';
import type { Logger } from '../core/ports.ts';

/**
 * A rejected promise nobody waited for lost one background task: logged, the app goes on. A thrown error may have left
 * state half changed: logged, and the app ends rather than deciding anything in that state.
 */
export function reportCrashes(logger: Logger, quit: () => void): void {
  process.on('unhandledRejection', (error) => {
    logger.log('error', 'process.unhandled-rejection', { error });
  });
  process.on('uncaughtException', (error) => {
    logger.log('error', 'process.uncaught-exception', { error });
    process.exitCode = 1;
    quit();
  });
}
