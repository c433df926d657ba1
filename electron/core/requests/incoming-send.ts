/**
 * Stopped messages of one list → domain requests. The text stays raw here: a list may hold thousands of long ones,
 * and only those on screen are worth making safe to look at (`send-view.ts`).
 */
import type { DisplayText } from '../../contract/display-text.ts';
import type { RequestKind } from '../../contract/request.ts';
import { kindTexts } from '../../contract/strings.ts';
import { isSurplus } from '../../contract/guard/blocked-send.ts';
import { surplusTexts } from '../../contract/guard/send-texts.ts';
import { displayText } from './display-text.ts';
import type { GatewayClock } from './gateway-clock.ts';
import { keyOf, type IncomingBase } from './incoming-base.ts';
import type { SendWire } from './send-wire.ts';

export interface IncomingSend extends IncomingBase {
  readonly kind: 'send';
  readonly key: string;
  readonly who: DisplayText;
  readonly requestedAt: number;
  /** A held message becomes a refused one and stays answerable. */
  readonly expiresAt: null;
  /** Raw. */
  readonly send: SendWire;
  /** Epoch ms, our clock. */
  readonly heldUntil: number | null;
  readonly inBurst: boolean;
  /** Equal exactly when everything else that is shown is equal. */
  readonly state: string;
}

const whoLength = 80;
export const burst = { count: 5, withinMs: 60_000 } as const;

export function incomingSends(wires: readonly SendWire[], clock: GatewayClock): readonly IncomingSend[] {
  const inBurst = burstIds(wires);
  return wires.map((wire) => incomingSend(wire, clock, inBurst.has(wire.id)));
}

type AnyRequest = IncomingSend | { readonly kind: Exclude<RequestKind, 'send'> };

/** Its sender waits for the answer. */
export function isHeld(request: AnyRequest): boolean {
  return request.kind === 'send' && request.send.state === 'held';
}

/** Somebody let it out, and it has not left yet. */
export function isUnderWay(request: AnyRequest): boolean {
  return request.kind === 'send' && request.send.state === 'allowed';
}

function incomingSend(send: SendWire, clock: GatewayClock, inBurst: boolean): IncomingSend {
  const { id, channel, account, action, targets, textSha256, textComplete, media, files, shown } = send;
  return {
    kind: 'send',
    key: keyOf('send', id),
    id,
    // Nothing but lists tells about stopped messages, and lists are in order already.
    version: 0,
    who: recipientName(send),
    requestedAt: clock.toOurs(send.createdAt),
    expiresAt: null,
    requiredScopes: [],
    // Messages over the limit join their request without an end; what is answered is the limit.
    facts: isSurplus(send)
      ? send.rule
      : JSON.stringify([
          channel,
          account,
          action,
          targets,
          textSha256,
          textComplete,
          media,
          files ?? null,
          shown ?? null,
        ]),
    send,
    heldUntil: send.state === 'held' && send.until !== null ? clock.toOurs(send.until) : null,
    inBurst,
    state: JSON.stringify([
      send.state,
      send.until,
      send.attempts,
      send.rule,
      send.layer,
      send.cause,
      send.contacted,
      send.surplus ?? null,
      inBurst,
    ]),
  };
}

/** Where it would really go: the only person there, or the address as it was understood, or as it was written. */
function recipientName(send: SendWire): DisplayText {
  if (isSurplus(send)) return displayText(surplusTexts.who, whoLength);
  const { targets } = send;
  const [first] = targets;
  const person = first?.people.length === 1 ? first.people[0] : undefined;
  const name = displayText(person ?? first?.key ?? first?.to ?? '', whoLength);
  return name.text === '' ? { ...name, text: kindTexts.send.nameless } : name;
}

/** Ids of messages that are among five or more stopped within a minute. */
function burstIds(wires: readonly SendWire[]): ReadonlySet<string> {
  const byTime = wires.toSorted((one, other) => one.createdAt - other.createdAt);
  const found = new Set<string>();
  let first = 0;
  for (const [last, wire] of byTime.entries()) {
    while (wire.createdAt - (byTime[first]?.createdAt ?? 0) > burst.withinMs) first += 1;
    if (last - first + 1 < burst.count) continue;
    // Those before the last `count` were marked when they completed a burst themselves.
    const from = found.has(byTime[last - 1]?.id ?? '') ? last : first;
    for (const member of byTime.slice(from, last + 1)) found.add(member.id);
  }
  return found;
}
