/** A composed app to drive: what tests of the composition do and look at again and again. */
import { expect } from 'vitest';
import type { Result } from '../contract/result.ts';
import type { GatewayFailure } from '../core/ports.ts';
import { composedApp, type ComposedApp } from './composed-app.double.ts';

type Answer = Result<unknown, GatewayFailure>;

export interface DrivenApp extends ComposedApp {
  becomes(state: string): Promise<void>;
  /** Until the connection is ready. */
  start(): Promise<void>;
  /** Status by request key. */
  statuses(): Readonly<Record<string, string>>;
  settles(expected: Readonly<Record<string, string>>): Promise<void>;
  /** Everything that waits has been there long enough to be approved, and has been drawn so. */
  arms(): Promise<void>;
  /** As the window would, at the first revision. */
  approve(key: string, elevate?: boolean): Promise<Result<null>>;
  choose(url: string): Promise<Result<null>>;
  /** Holds every call that decides something until it is let go; lists are answered at once. */
  holdDecisions(): (answer: Answer) => void;
  /** Ids of the notifications shown. */
  onScreen(): readonly string[];
}

export function drivenApp(keptAside: string | null = null): DrivenApp {
  const composed = composedApp(keptAside);
  const { app, gateway, notifier, timers } = composed;
  const statuses = (): Readonly<Record<string, string>> =>
    Object.fromEntries(app.snapshot().requests.map(({ key, status }) => [key, status]));
  const becomes = async (state: string): Promise<void> => {
    await expect.poll(() => app.snapshot().connection.state).toBe(state);
  };
  return {
    ...composed,
    becomes,
    async start() {
      await app.start();
      await becomes('ready');
    },
    statuses,
    async settles(expected) {
      await expect.poll(statuses).toEqual(expected);
    },
    async arms() {
      timers.advance(1_000);
      await expect.poll(() => app.snapshot().now).toBe(timers.now);
    },
    approve: (key, elevate = false) =>
      app.handlers['request.approve']({ key, revision: 1, elevate, notifyContact: false }),
    choose: (url) =>
      app.handlers['settings.patch']({ gateway: { mode: 'remote', url, tlsFingerprint: null } }),
    holdDecisions() {
      const held = Promise.withResolvers<Answer>();
      gateway.answer = (method) => gateway.listed(method) ?? held.promise;
      return held.resolve;
    },
    onScreen: () => [...notifier.screen.keys()],
  };
}
