/** Operator scopes we ask for: at rest and as the owner (docs/GATEWAY-PROTOCOL.md#scopes). */
import { isHeld } from '../requests/scopes.ts';

/** Enough to see everything, deny anything, and let in chat contacts and ordinary devices. Never admin. */
export const restingScopes = [
  'operator.read',
  'operator.write',
  'operator.pairing',
  'operator.approvals',
] as const;

/** What a bootstrap token of `openclaw dashboard` opens; it is refused for any other set, smaller ones included. */
export const ownerScopes = [
  'operator.admin',
  'operator.approvals',
  'operator.pairing',
  'operator.questions',
  'operator.read',
  'operator.talk.secrets',
  'operator.write',
] as const;

/** The needed scopes that the granted ones do not cover, in the order given. */
export function uncoveredScopes(needed: readonly string[], granted: readonly string[]): readonly string[] {
  return needed.filter((scope) => !isHeld(scope, granted));
}
