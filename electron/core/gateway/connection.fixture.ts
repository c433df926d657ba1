/** A connection in a scripted outside, for its tests. */
import { expect, vi } from 'vitest';
import { ok } from '../../contract/result.ts';
import type { ConnectionView } from '../../contract/snapshot.ts';
import { Credentials } from '../credentials/credentials.ts';
import { Connection } from './connection.ts';
import {
  FinderDouble,
  GatewayDouble,
  SecretStoreDouble,
  TimersDouble,
  silentLogger,
} from './outside.double.ts';

export class ConnectionWorld {
  readonly gateway = new GatewayDouble();
  readonly finder = new FinderDouble();
  readonly store = new SecretStoreDouble();
  readonly credentials = new Credentials(this.store, silentLogger);
  readonly timers = new TimersDouble();
  /** What the next syncs come to; beyond them all succeed. */
  readonly syncs: boolean[] = [];
  readonly connection = new Connection({
    gateway: this.gateway,
    finder: this.finder,
    credentials: this.credentials,
    timers: this.timers,
    clock: { now: () => this.timers.now },
    random: { fraction: () => 0.5, token: () => 'token' },
    logger: silentLogger,
    displayName: 'Portcullis',
    choice: { mode: 'local' },
    sync: () => Promise.resolve(this.syncs.shift() ?? true),
  });

  /** Every step of the connection is a chain of promises, so the state settles without any time passing. */
  async settled(state: ConnectionView['state']): Promise<ConnectionView> {
    await vi.waitFor(() => {
      expect(this.connection.view.state).toBe(state);
    });
    return this.connection.view;
  }

  startWithConfiguredToken(): void {
    this.gateway.accepted.set('shared', ['operator.admin']);
    this.finder.config = ok({ kind: 'shared-token', token: 'shared' });
    this.connection.start();
  }

  /** Kinds of the credentials tried, in order. */
  kinds(): readonly string[] {
    return this.gateway.attempts.map(({ credential }) => credential.kind);
  }
}
