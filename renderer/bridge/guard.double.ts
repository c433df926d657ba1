/** Rules and guard states as the app would send them, for the rules page and the guard page. */
import { usualContentRules } from '../../electron/contract/guard/content/secret-kinds.ts';
import type {
  GuardedAccountView,
  GuardSetupPlan,
  GuardView,
  RulesView,
} from '../../electron/contract/guard/guard-view.ts';
import type { AccountPolicy, AllowRule, Policy } from '../../electron/contract/guard/policy.ts';
import { guarded } from './snapshots.double.ts';

export function allowRule(to: string, change: Partial<AllowRule> = {}): AllowRule {
  return { to, until: null, note: '', ...change };
}

export function accountRules(change: Partial<AccountPolicy> = {}): AccountPolicy {
  return {
    channel: 'imessage',
    account: 'default',
    unlisted: 'ask',
    pairingReply: 'send',
    allowTo: [],
    denyTo: [],
    ...change,
  };
}

export function policyWith(change: Partial<Policy> = {}): Policy {
  return {
    version: 1,
    revision: 3,
    region: 'AT',
    paused: false,
    accounts: [accountRules()],
    oneTime: [],
    blocked: [],
    content: usualContentRules,
    ...change,
  };
}

export function rulesWith(change: Partial<Policy> = {}): RulesView {
  return { status: 'ready', policy: policyWith(change) };
}

export function accountView(change: Partial<GuardedAccountView> = {}): GuardedAccountView {
  return {
    channel: 'imessage',
    account: 'default',
    unlisted: 'ask',
    pairingReply: 'send',
    allowed: 0,
    denied: 0,
    strict: 'off',
    ...change,
  };
}

/** A guard in a gateway with one iMessage account. */
export function guardWith(change: Partial<GuardView> = {}): GuardView {
  return guarded({ accounts: [accountView()], ...change });
}

export const strictPlan: GuardSetupPlan = {
  id: 'plan-1',
  input: { part: 'strict', action: 'install', account: 'default' },
  configPath: '/home/bob/.openclaw/openclaw.json',
  config: [
    {
      path: 'channels.imessage.cliPath',
      before: '"/opt/homebrew/bin/imsg"',
      after: '"/home/bob/.openclaw/portcullis-guard/imsg"',
    },
    {
      path: 'plugins.allow',
      before: '["imessage","memory-core"]',
      after: '["imessage","memory-core","portcullis-guard"]',
    },
  ],
  files: [
    { path: '/home/bob/.openclaw/portcullis-guard/imsg', change: 'created' },
    { path: '/home/bob/.openclaw/portcullis-guard/guard.json', change: 'replaced' },
  ],
  restartsChannel: true,
};
