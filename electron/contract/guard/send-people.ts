/** Who a send reaches: the address itself, what else it is called, and everybody who reads along. */
import { canonicalRecipient, personKey } from './address.ts';
import type { AddressContext, AddressProblem } from './address-types.ts';
import { canonicalChannel } from './channel-ids.ts';
import { isWrittenCanonically } from './address-written.ts';
import { selfTestAddress } from './self-test.ts';
import { fail } from '../result.ts';
import type { Send, SendTarget } from './send.ts';

export interface Resolved {
  readonly target: SendTarget;
  /** Why the address itself is not understood. */
  readonly problem: AddressProblem | null;
  /** Canonical addresses of the place, itself first; none when it is not understood. */
  readonly names: readonly string[];
  /** Whom the address itself may mean. */
  readonly readings: readonly string[];
  /** Everybody who reads along, canonical; `null` in it is a member nobody could identify. */
  readonly members: readonly (string | null)[];
  /** All of them, guessed ones too: for refusing. */
  readonly reaches: readonly string[];
  /** For the owner. */
  readonly shown: string;
}

/** @param homeRegion country of the rules: of no weight for what may leave, but another guess at whom it may reach */
export function resolveTarget(target: SendTarget, send: Send, homeRegion: string | null): Resolved {
  const context = { channel: send.channel, region: send.region };
  const { address: read, people: readings } = canonicalRecipient(target.to, context);
  const loose = target.verbatim === true && context.channel === 'imessage';
  const address =
    read.ok && loose && !isWrittenCanonically(target.to, read.value) ? fail('not-understood' as const) : read;
  const aliases = target.aliases.map((alias) => canonicalRecipient(alias, context));
  const members = target.people.map((person) => personKey(person, context));
  const guessed = target.people.flatMap((person, index) =>
    members[index] === null ? canonicalRecipient(person, context).people : [],
  );
  const atHome =
    address.ok || homeRegion === send.region ? [] : guessesIn({ ...context, region: homeRegion }, target);
  return {
    target,
    problem: address.ok ? null : address.error,
    names: address.ok
      ? [
          address.value.key,
          ...aliases.flatMap((alias) => (alias.address.ok ? [alias.address.value.key] : [])),
        ]
      : [],
    readings,
    members,
    reaches: [
      ...readings,
      ...aliases.flatMap(({ people }) => people),
      ...members.filter((member) => member !== null),
      ...guessed,
      ...atHome,
    ],
    shown: members[0] ?? (address.ok ? address.value.key : target.to),
  };
}

export function isSelfTest({ channel, targets }: Send): boolean {
  const context = { channel: canonicalChannel(channel), region: null };
  return targets.some(({ to, aliases }) =>
    [to, ...aliases].some(
      (name) =>
        name.toLowerCase().includes(selfTestAddress) &&
        canonicalRecipient(name, context).people.includes(selfTestAddress),
    ),
  );
}

function guessesIn(context: AddressContext, { to }: SendTarget): readonly string[] {
  return canonicalRecipient(to, context).people;
}
