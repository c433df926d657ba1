/** Builds what stands behind the people page. No logic of its own. */
import type { Connection } from '../core/gateway/connection.ts';
import { elevatedCalls } from '../core/gateway/calls.ts';
import type { ApprovedContacts } from '../core/people/approved-contacts.ts';
import { ContactCare } from '../core/people/contact-care.ts';
import { DeviceCare } from '../core/people/device-care.ts';
import type { RulesDoor } from '../core/people/people-parts.ts';
import { People } from '../core/people/people.ts';
import type { AnswerSender } from '../core/requests/answer-sender.ts';
import type { GatewayClock } from '../core/requests/gateway-clock.ts';
import type { Inbox } from '../core/requests/inbox.ts';
import type { HeldAuthority } from '../core/requests/scopes.ts';
import type { AppParts } from './app.ts';

export interface PeopleMakings {
  readonly parts: Pick<AppParts, 'logger'>;
  readonly connection: Connection;
  readonly gatewayClock: GatewayClock;
  readonly held: () => HeldAuthority;
  readonly inbox: Inbox;
  readonly sender: AnswerSender;
  readonly rules: RulesDoor;
  /** The gateway has this method, or its guard plugin does. */
  readonly offers: (method: string) => boolean;
  readonly approved: ApprovedContacts;
  /** Who is blocked may be somebody else now. */
  readonly onRules: () => Promise<unknown>;
  readonly onChange: () => void;
}

export function composePeople(makings: PeopleMakings): People {
  const { parts, connection, gatewayClock, held, inbox, sender, rules, offers, approved } = makings;
  const { onRules, onChange } = makings;
  const { logger } = parts;
  const request: Connection['request'] = (method, params) => connection.request(method, params);
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
    approved,
    deny: (input) => sender.deny(input),
    chatSender: (key) => inbox.chatSender(key),
    onBlocked: onRules,
  });
  return new People({ rules, devices, contacts, onRules, onChange });
}
