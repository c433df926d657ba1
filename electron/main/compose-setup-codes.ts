/** Puts set-up codes together for the composition: the gateway they come from, the window that shows them. */
import type { Connection } from '../core/gateway/connection.ts';
import { elevatedCalls, type Elevate } from '../core/gateway/calls.ts';
import type { JournalRecorder } from '../core/journal/recorder.ts';
import type { GatewayClock } from '../core/requests/gateway-clock.ts';
import { SetupCodes } from '../core/setup-code/setup-codes.ts';
import type { AppParts } from './app.ts';

export interface SetupCodeComposition {
  readonly parts: Pick<AppParts, 'clock' | 'timers' | 'power' | 'window'>;
  readonly connection: Connection;
  readonly gatewayClock: GatewayClock;
  readonly recorder: JournalRecorder;
  readonly onChange: () => void;
  /** The gateway's list of devices is without the short second connection again, which no event tells. */
  readonly onElevated: () => void;
}

export function composeSetupCodes({
  parts,
  connection,
  gatewayClock,
  recorder,
  onChange,
  onElevated,
}: SetupCodeComposition): SetupCodes {
  const elevatedCall = elevatedCalls(connection);
  const elevate: Elevate = async (scopes, action) => {
    try {
      return await elevatedCall(scopes, action);
    } finally {
      onElevated();
    }
  };
  return new SetupCodes({
    clock: parts.clock,
    timers: parts.timers,
    request: (method, params) => connection.request(method, params),
    elevate,
    heldScopes: () => connection.hello?.scopes ?? [],
    screenLocked: () => parts.power.screenLocked,
    toOurs: (gatewayMs) => gatewayClock.toOurs(gatewayMs),
    protectContent: (on) => {
      parts.window.protectContent(on);
    },
    note: (fact) => {
      recorder.note(fact);
    },
    onChange,
  });
}
