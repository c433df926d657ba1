/** What the owner wants done about the secrets in a message; its recipients are judged elsewhere. */
import { samePerson } from '../address-kin.ts';
import type { Resolved } from '../send-people.ts';
import type { Send } from '../send.ts';
import type { ContentRules, SecretKind } from './secret-kinds.ts';

/** @returns null when nothing in it is anybody's concern */
export function judgeContent(
  { kinds, exempt, own }: ContentRules,
  { channel, secrets }: Pick<Send, 'channel' | 'secrets'>,
  targets: readonly Resolved[],
): 'ask' | 'deny' | null {
  const concern = secrets.filter((kind) => kinds[kind] !== 'off');
  if (concern.length === 0) return null;
  const ownPeople = peopleOf(own, channel);
  const left = concern.filter((kind) => {
    const told = peopleOf(
      exempt.filter((entry) => entry.kind === kind),
      channel,
    );
    return !targets.every((target) => goesOnlyTo(target, new Set([...ownPeople, ...told])));
  });
  if (left.length === 0) return null;
  return left.some((kind: SecretKind) => kinds[kind] === 'stop') ? 'deny' : 'ask';
}

/** Nobody but the owner reads along there. */
export function isOwn({ own }: ContentRules, channel: string, target: Resolved): boolean {
  return goesOnlyTo(target, new Set(peopleOf(own, channel)));
}

function peopleOf(
  entries: readonly { readonly channel: string; readonly to: string }[],
  channel: string,
): readonly string[] {
  return entries.filter((entry) => entry.channel === channel).map(({ to }) => samePerson(to));
}

/** The place itself is named, or everybody who reads along there. */
function goesOnlyTo({ problem, names, members }: Resolved, people: ReadonlySet<string>): boolean {
  if (problem !== null) return false;
  const isNamed = (key: string | null): boolean => key !== null && people.has(samePerson(key));
  return names.some(isNamed) || (members.length > 0 && members.every(isNamed));
}
