/** What looking after people, devices and nodes needs from the rest of the app. */
import type { CommandInput } from '../../contract/api.ts';
import type { DecideInput } from '../../contract/schemas.ts';
import type { RulesView } from '../../contract/guard/guard-view.ts';
import type { Result } from '../../contract/result.ts';
import type { Call, Elevate } from '../gateway/calls.ts';
import type { Logger } from '../ports.ts';
import type { GatewayClock } from '../requests/gateway-clock.ts';
import type { IncomingChat } from '../requests/incoming.ts';
import type { HeldAuthority } from '../requests/scopes.ts';
import type { ApprovedContacts } from './approved-contacts.ts';

/** The send rules, as the commands `guard.rules` and `guard.changeRules` have them. */
export interface RulesDoor {
  /** Fails with `unsupported` where the gateway has no guard plugin. */
  read(): Promise<Result<RulesView>>;
  change(input: CommandInput<'guard.changeRules'>): Promise<Result<unknown>>;
}

export interface DeviceCareParts {
  readonly gatewayClock: GatewayClock;
  readonly logger: Logger;
  readonly request: Call;
  /** One action over a short second connection with more scopes. */
  readonly elevate: Elevate;
  readonly offers: (method: string) => boolean;
  readonly held: () => HeldAuthority;
  readonly ownDeviceId: () => string | null;
  readonly rotateOwnToken: () => Promise<Result<null>>;
}

export interface ContactCareParts {
  readonly logger: Logger;
  readonly request: Call;
  readonly offers: (method: string) => boolean;
  readonly approved: Pick<ApprovedContacts, 'ofAccounts'>;
  readonly rules: RulesDoor;
  readonly deny: (input: DecideInput) => Promise<Result<null>>;
  /** Who asks in this request; null when it is no open chat request. */
  readonly chatSender: (key: string) => Pick<IncomingChat, 'channel' | 'senderId'> | null;
  /** The rules about blocked people changed; resolves when that holds. */
  readonly onBlocked: () => Promise<unknown>;
}
