/** Whether the rules can be meant as they are: rules for a channel or account that is not there protect nobody. */
import { canonicalAccount } from '../../electron/contract/guard/channel-ids.ts';
import type { RulesState } from '../../electron/contract/guard/guard-wire.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import type { PolicyState } from '../../electron/contract/guard/send.ts';
import type { GuardFiles } from '../store/guard-files.ts';
import { changedByOthers } from '../store/policy-file.ts';
import type { GatewayFacts } from './gateway-facts.ts';

export interface RulesForNobody {
  readonly channel: string;
  readonly account: string;
  /** False: the gateway has no such channel at all. */
  readonly channelExists: boolean;
}

export function rulesForNobody(policy: Policy, facts: GatewayFacts): readonly RulesForNobody[] {
  if (facts.channels === null) return [];
  return policy.accounts.flatMap(({ channel, account }) => {
    const channelExists = facts.channels?.includes(channel) === true;
    const accounts = facts.accountsOf(channel);
    if (channelExists && (accounts === null || accounts.includes(canonicalAccount(account)))) return [];
    return [{ channel, account, channelExists }];
  });
}

/** For the owner: `ready` is also where no rules were ever written. */
export function rulesState(files: GuardFiles, state: PolicyState, facts: GatewayFacts): RulesState {
  switch (state.status) {
    case 'absent':
      return { state: 'ready' };
    case 'unreadable':
      return { state: state.gone === true ? 'missing' : 'unreadable' };
    case 'ready': {
      const changedBy = changedByOthers(files);
      return {
        state: rulesForNobody(state.policy, facts).length > 0 ? 'misspelt' : 'ready',
        ...(changedBy === null ? {} : { changedBy }),
      };
    }
  }
}
