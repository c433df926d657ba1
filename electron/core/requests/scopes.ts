/**
 * Operator scopes in words, and which of them approving a request needs beyond what we hold. Mirrors the rules the
 * gateway applies to an approver (docs/GATEWAY-PROTOCOL.md#scopes).
 */
import type { RequestKind, ScopeView } from '../../contract/request.ts';
import { displayText } from './display-text.ts';

export const adminScope = 'operator.admin';
const operatorPrefix = 'operator.';

/** What our connection at rest may do. */
export interface HeldAuthority {
  readonly scopes: readonly string[];
  /**
   * Signed in with a device token: the gateway then shows and lets us answer only our own device's device and node
   * requests unless we hold `operator.admin` (measured on 2026.9.6). Chat contacts are not affected.
   */
  readonly ownDeviceOnly: boolean;
}

interface ScopeFacts {
  readonly words: string;
  readonly dangerous: boolean;
}

const knownScopes: ReadonlyMap<string, ScopeFacts> = new Map([
  [adminScope, { words: 'Full control: settings, plugins and commands', dangerous: true }],
  ['operator.talk.secrets', { words: 'Read the keys of voice services', dangerous: true }],
  ['operator.write', { words: 'Send messages and give the assistant work', dangerous: false }],
  ['operator.read', { words: 'Read chats, settings and logs', dangerous: false }],
  ['operator.pairing', { words: 'Let contacts and devices in', dangerous: false }],
  ['operator.approvals', { words: 'Approve what the assistant wants to do', dangerous: false }],
  ['operator.questions', { words: 'Answer the assistant’s questions', dangerous: false }],
  ['operator.talk', { words: 'Talk to the assistant by voice', dangerous: false }],
  ['operator.sessions.read', { words: 'Read conversations', dangerous: false }],
  ['operator.sessions.write', { words: 'Take part in conversations', dangerous: false }],
]);

/** `held scope -> what it includes`; admin includes every operator scope and is handled apart. */
const impliedBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['operator.read', ['operator.write']],
  ['operator.talk', ['operator.write']],
  ['operator.sessions.read', ['operator.write', 'operator.read', 'operator.sessions.write']],
  ['operator.sessions.write', ['operator.write']],
]);

const scopeLength = 60;

/** A scope we do not know counts as dangerous: better a needless warning than none. */
export function scopeView(scope: string): ScopeView {
  const known = knownScopes.get(scope);
  const name = displayText(scope, scopeLength).text;
  return known === undefined
    ? { scope: name, words: `Something Portcullis does not know (${name})`, dangerous: true }
    : { scope: name, ...known };
}

/** Dangerous ones first, each once. */
export function scopeViews(scopes: readonly string[]): readonly ScopeView[] {
  const views = [...new Set(scopes)].map(scopeView);
  return [...views.filter((view) => view.dangerous), ...views.filter((view) => !view.dangerous)];
}

export function isHeld(scope: string, held: readonly string[]): boolean {
  if (held.includes(scope)) return true;
  if (!scope.startsWith(operatorPrefix)) return false;
  return (
    held.includes(adminScope) || (impliedBy.get(scope) ?? []).some((stronger) => held.includes(stronger))
  );
}

/** What an approver needs, and whether the request is about a device or node (see `ownDeviceOnly`). */
export interface ApprovalNeeds {
  readonly kind: RequestKind;
  readonly requiredScopes: readonly string[];
}

/** The gateway hides other devices' requests of this kind from us (see `ownDeviceOnly`). */
export function seesOnlyOwn(kind: RequestKind, held: HeldAuthority): boolean {
  return held.ownDeviceOnly && (kind === 'device' || kind === 'node') && !held.scopes.includes(adminScope);
}

/** Scopes approving needs beyond those held; empty = one click is enough. */
export function elevationFor(request: ApprovalNeeds, held: HeldAuthority): readonly ScopeView[] {
  const required = seesOnlyOwn(request.kind, held)
    ? [...request.requiredScopes, adminScope]
    : request.requiredScopes;
  return scopeViews(required.filter((scope) => !isHeld(scope, held.scopes)));
}

/** Denying takes no more than we hold at rest, except what the gateway hides from us. */
export function denialElevation(kind: RequestKind, held: HeldAuthority): readonly ScopeView[] {
  return seesOnlyOwn(kind, held) ? [scopeView(adminScope)] : [];
}

/** For node requests that do not say which scopes they need: commands mean admin until proven otherwise. */
export function scopesForNodeCommands(commands: readonly string[]): readonly string[] {
  return commands.length === 0 ? ['operator.pairing'] : ['operator.pairing', adminScope];
}
