/** What was read about the guard → what the owner sees of it. Pure. */
import { guardPluginId } from '../../contract/guard/blocked-send.ts';
import { guardProtocol, type RulesState } from '../../contract/guard/guard-wire.ts';
import type {
  GuardedAccountView,
  GuardPart,
  GuardPluginView,
  GuardSetupView,
  GuardView,
  PolicyStatusView,
} from '../../contract/guard/guard-view.ts';
import type { AccountPolicy } from '../../contract/guard/policy.ts';
import type { ConfiguredAccount, GuardInstallation } from '../guard-ports.ts';
import { displayText } from '../requests/display-text.ts';
import type { GuardRules, GuardStatus } from './guard-calls.ts';

/** Characters of what is wrong with the rules file that are shown. */
const longestProblem = 300;

/** The events of the plugin are named after it (docs/GATEWAY-PROTOCOL.md#holding-a-send). */
export const guardEventPrefix = `plugin.${guardPluginId}.`;

export interface GuardReading {
  readonly plugin:
    | { readonly state: 'absent' }
    | { readonly state: 'present'; readonly status: GuardStatus; readonly rules: GuardRules };
  /** Null: the gateway is on another machine, or its config cannot be read. */
  readonly installation: GuardInstallation | null;
}

export interface GuardViewParts {
  /** Null: not connected, or not read yet. */
  readonly reading: GuardReading | null;
  readonly broughtVersion: string;
  readonly setup: GuardSetupView;
}

export function guardView({ reading, broughtVersion, setup }: GuardViewParts): GuardView {
  const present = reading?.plugin.state === 'present' ? reading.plugin : null;
  return {
    plugin: pluginView(reading, broughtVersion),
    policy: policyView(reading),
    rulesTrouble: troubleOf(present?.status.rules?.state),
    paused: present?.rules.policy.paused ?? false,
    accounts: reading === null ? [] : accountViews(reading),
    // While the guard is being changed, parts of it come and go.
    missing: reading === null || setup.state === 'working' ? [] : missingParts(reading),
    overflow: present?.status.overflow ?? 0,
    unreadable: present?.status.unreadable ?? 0,
    setup,
  };
}

/** What was set up and does not protect any more. An account that is gone or switched off sends nothing. */
export function missingParts({ plugin, installation }: GuardReading): readonly GuardPart[] {
  if (installation === null) return [];
  return installation.setUp.filter((part) =>
    part.part === 'plugin' ? plugin.state === 'absent' : isBare(part.account, installation),
  );
}

function isBare(account: string, { accounts }: GuardInstallation): boolean {
  return accounts.some(
    (entry) => entry.channel === 'imessage' && entry.account === account && entry.strict === 'off',
  );
}

function troubleOf(state: RulesState['state'] | undefined): GuardView['rulesTrouble'] {
  return state === 'missing' || state === 'misspelt' ? state : null;
}

function pluginView(reading: GuardReading | null, broughtVersion: string): GuardPluginView {
  if (reading === null) return { state: 'unknown' };
  if (reading.plugin.state === 'absent') return { state: 'absent' };
  const { version, holdMs, protocol } = reading.plugin.status;
  const match = protocol < guardProtocol ? 'older' : compareVersions(version, broughtVersion);
  return { state: 'present', version, match, holdSeconds: Math.round(holdMs / 1000) };
}

function policyView(reading: GuardReading | null): PolicyStatusView {
  if (reading?.plugin.state !== 'present') return { status: 'unknown' };
  const { status, rules } = reading.plugin;
  switch (rules.status) {
    case 'absent':
      return { status: 'absent' };
    case 'ready':
      return { status: 'ready', revision: rules.policy.revision };
    case 'unreadable':
      return {
        status: 'unreadable',
        problem: displayText(status.problem ?? '', longestProblem).text,
        restorable: rules.known,
      };
  }
}

/** Configured accounts first, as the config has them; then those that only have rules. */
function accountViews({ plugin, installation }: GuardReading): readonly GuardedAccountView[] {
  const guarded = plugin.state === 'present' ? plugin.rules.policy.accounts : [];
  const configured = installation?.accounts ?? [];
  const rulesOf = (account: ConfiguredAccount): AccountPolicy | undefined =>
    guarded.find((entry) => isSame(entry, account));
  return [
    ...configured.map((account) => accountView(account, rulesOf(account), account.strict)),
    ...guarded
      .filter((entry) => !configured.some((account) => isSame(entry, account)))
      .map((entry) => accountView(entry, entry, strictElsewhere(entry.channel, installation))),
  ];
}

type Named = Pick<AccountPolicy, 'channel' | 'account'>;

function isSame(a: Named, b: Named): boolean {
  return a.channel === b.channel && a.account === b.account;
}

function accountView(
  { channel, account }: Named,
  rules: AccountPolicy | undefined,
  strict: GuardedAccountView['strict'],
): GuardedAccountView {
  return {
    channel,
    account,
    unlisted: rules?.unlisted ?? null,
    pairingReply: rules?.pairingReply ?? 'send',
    allowed: rules?.allowTo.length ?? 0,
    denied: rules?.denyTo.length ?? 0,
    strict,
  };
}

/** Of an account the config does not name; with no config to look at, iMessage may have a transport guard or not. */
function strictElsewhere(
  channel: string,
  installation: GuardInstallation | null,
): GuardedAccountView['strict'] {
  return channel === 'imessage' && installation === null ? 'unknown' : 'not-offered';
}

/** Numbers are compared as numbers; whatever follows them, e.g. `-beta.1`, comes before the plain version. */
export function compareVersions(installed: string, brought: string): 'same' | 'older' | 'newer' {
  if (installed === brought) return 'same';
  const [a, b] = [versionParts(installed), versionParts(brought)];
  for (let index = 0; index < Math.max(a.numbers.length, b.numbers.length); index += 1) {
    const difference = (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference < 0 ? 'older' : 'newer';
  }
  if (a.suffix === b.suffix) return 'same';
  if (a.suffix === '' || b.suffix === '') return b.suffix === '' ? 'older' : 'newer';
  return a.suffix < b.suffix ? 'older' : 'newer';
}

function versionParts(version: string): { readonly numbers: readonly number[]; readonly suffix: string } {
  const [core = '', ...suffix] = version.split(/(?=[-+])/u);
  return { numbers: core.split('.').map((part) => Number.parseInt(part, 10) || 0), suffix: suffix.join('') };
}
