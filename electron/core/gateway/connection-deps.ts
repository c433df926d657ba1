/** What the connection needs from outside. */
import type { GatewayChoice } from '../../contract/settings.ts';
import type { Clock, GatewaySession, Random, Timers } from '../ports.ts';
import type { AttemptDeps } from './attempt.ts';

export interface ConnectionDeps extends AttemptDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly choice: GatewayChoice;
  /** Re-reads the lists; false when that failed. The connection is `ready` only after true. */
  readonly sync: (session: GatewaySession) => Promise<boolean>;
}
