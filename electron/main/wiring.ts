/** The seam between the entries and the adapters behind them. Filled in by the composition; until then it says so. */
import type { Wiring } from './app.ts';

export function wire(): Wiring {
  throw new Error('Portcullis is not composed yet.');
}
