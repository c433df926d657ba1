/** Builds what stands behind the people page. No logic of its own. */
import type { GuardPluginView } from '../contract/guard/guard-view.ts';
import type { Connection } from '../core/gateway/connection.ts';
import { elevatedCalls } from '../core/gateway/calls.ts';
import { ContactCare } from '../core/people/contact-care.ts';
import { DeviceCare } from '../core/people/device-care.ts';
import { isOffered } from '../core/people/offered.ts';
import type { RulesDoor } from '../core/people/people-parts.ts';
import { People } from '../core/people/people.ts';
import type { AnswerSender } from '../core/requests/answer-sender.ts';
import type { GatewayClock } from '../core/requests/gateway-clock.ts';
import type { Inbox } from '../core/requests/inbox.ts';
import type { HeldAuthority } from '../core/requests/scopes.ts';
import type { AppParts } from './app.ts';

export interface PeopleMakings {
  readonly parts: Pick<AppParts, 'clock' | 'logger' | 'storedContacts'>;
  readonly connection: Connection;
  readonly gatewayClock: GatewayClock;
  readonly held: () => HeldAuthority;
  readonly inbox: Inbox;
  readonly sender: AnswerSender;
  readonly rules: RulesDoor;
  readonly guardPlugin: () => GuardPluginView;
  /** Who is blocked may be somebody else now. */
  readonly onRules: () => Promise<unknown>;
  readonly onChange: () => void;
}

export function composePeople(makings: PeopleMakings): People {
  const { parts, connection, gatewayClock, held, inbox, sender, rules, guardPlugin, onRules, onChange } =
    makings;
  const { clock, logger, storedContacts } = parts;
  const request: Connection['request'] = (method, params) => connection.request(method, params);
  const offers = (method: string): boolean =>
    isOffered(method, connection.hello?.methods ?? null, guardPlugin());
  const devices = new DeviceCare({
    gatewayClock,
    logger,
    request,
    offers,
    held,
    elevate: elevatedCalls(connection),
    ownDeviceId: () => connection.ownDeviceId,
    rotateOwnToken: () => connection.rotateOwnToken(),
  });
  const contacts = new ContactCare({
    logger,
    request,
    offers,
    rules,
    stored: () => (connection.address?.remote === false ? storedContacts : null),
    deny: (input) => sender.deny(input),
    chatSender: (key) => inbox.chatSender(key),
    onBlocked: onRules,
  });
  return new People({ clock, rules, devices, contacts, onRules, onChange });
}
