/** Works out what switching one account would do: config writes, the guard's rule, who is carried over, what to know. */
import { silenceErrorTexts } from '../../contract/config-texts.ts';
import { settingInConfig } from '../../contract/gateway-config/channel-accounts.ts';
import { withChange, type ConfigChange, type Json } from '../../contract/gateway-config/json.ts';
import { addressProblemTexts } from '../../contract/guard/guard-texts.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import type { PairingReply } from '../../contract/guard/policy.ts';
import { imessagePairingReply } from '../../contract/pairing-reply.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type { CarriedContactView, SilenceMode, SilencePlan, SilenceWarning } from '../../contract/silence.ts';
import type { SilencePlanInput } from '../../contract/schemas.ts';
import type { ConfigJobPart } from '../config/config-job.ts';
import { includedProblem, isIncluded } from '../config/included.ts';
import type { RecordedEdit } from '../config/config-record.ts';
import { joinedUndo, netChanges, undoProblem } from '../config/undo-plan.ts';
import type { GatewayConfigContent } from '../config-ports.ts';
import { displayText } from '../requests/display-text.ts';
import { askedInChats, askOwnerInstead, ownAddress } from './chat-approvals.ts';
import {
  accessGroups,
  guardOf,
  hasWildcard,
  holdsReplies,
  imessage,
  modeOf,
  silenceAccounts,
  type SilenceAccount,
} from './silence-account.ts';

const shownLength = 80;

export interface PlanFacts {
  readonly content: GatewayConfigContent;
  /** With what comes from other files; null: the gateway did not say. */
  readonly effective: Json | null;
  readonly guard: GuardView;
  readonly edits: readonly RecordedEdit[];
  /** Asked only when somebody could be locked out. */
  readonly approved: () => Promise<Result<readonly string[]>>;
}

export interface PlannedSilence {
  readonly from: SilencePlan['from'];
  readonly parts: readonly ConfigJobPart[];
  readonly takesBack: string | null;
  /** Who may write afterwards; null: nobody who may now is shut out. */
  readonly admitted: readonly string[] | null;
  readonly rule: SilencePlan['rule'];
  readonly carriedOver: readonly CarriedContactView[];
  readonly approvalsTo: SilencePlan['approvalsTo'];
  readonly warnings: readonly SilenceWarning[];
  readonly applicable: boolean;
  readonly confirm: boolean;
}

export async function planSilence(
  { account: name, to, approvalsTo }: SilencePlanInput,
  facts: PlanFacts,
): Promise<Result<PlannedSilence>> {
  const account = silenceAccounts(facts.content.value).find((entry) => entry.account === name);
  if (account === undefined) return fail(appError('bad-input', silenceErrorTexts.noAccount));
  const guarded = guardOf(facts.guard, name);
  const from = modeOf(account.dmPolicy, guarded);
  const config = await planConfig(account, to, facts, approvalsTo ?? null);
  if (!config.ok) return config;
  const rule = planRule(to, facts.guard, name);
  const { approvals } = config.value;
  const warnings = [
    ...obstacles(to, facts.guard, name),
    ...(approvals?.warning == null ? [] : [approvals.warning]),
    ...remarks(account, to, from),
  ];
  const rulePart: readonly ConfigJobPart[] = rule === null ? [] : [{ do: 'rule', pairingReply: rule.after }];
  const { parts: writes, takesBack, admitted, carriedOver } = config.value;
  return ok({
    from,
    // Silent first, answering last: nobody gets a reply in between.
    parts: rule?.after === 'silent' ? [...rulePart, ...writes] : [...writes, ...rulePart],
    takesBack,
    admitted,
    rule,
    carriedOver: carriedOver.map((entry) => ({ entry, shown: displayText(entry, shownLength) })),
    approvalsTo: approvals?.to ?? null,
    warnings,
    applicable: !warnings.some(({ kind }) => first.has(kind)),
    confirm: to === 'answer',
  });
}

/** What has to be dealt with before anything is written. */
const first: ReadonlySet<SilenceWarning['kind']> = new Set([
  'strict-needed',
  'plugin-needed',
  'makes-approvers',
]);

// ------------------------------------------------------------------ the gateway's config

interface ConfigPart {
  readonly parts: readonly ConfigJobPart[];
  readonly takesBack: string | null;
  readonly admitted: readonly string[] | null;
  readonly carriedOver: readonly string[];
  /** Null: nobody would come to approve commands. */
  readonly approvals: Approvals | null;
}

/** Where it is asked whether a command may run, so that whoever is carried over has no say in it. */
interface Approvals {
  readonly changes: readonly ConfigChange[];
  readonly to: string | null;
  /** The owner's own address is not known yet. */
  readonly warning: Extract<SilenceWarning, { kind: 'makes-approvers' }> | null;
}

const nothing: ConfigPart = {
  parts: [],
  takesBack: null,
  admitted: null,
  carriedOver: [],
  approvals: null,
};

async function planConfig(
  account: SilenceAccount,
  to: SilenceMode,
  facts: PlanFacts,
  approvalsTo: string | null,
): Promise<Result<ConfigPart>> {
  const wanted = to === 'ignore' ? 'allowlist' : 'pairing';
  if (account.dmPolicy === wanted) return ok(nothing);
  if (to !== 'ignore') {
    const edit = wayBack(account, facts);
    if (edit !== null) {
      const undo = joinedUndo(edit.undos);
      const parts = undo === null ? [] : [{ do: 'take-back', undo } as const];
      return ok({ ...nothing, parts, takesBack: edit.id });
    }
  }
  const policy: ConfigChange = { path: [...account.at, 'dmPolicy'], value: wanted };
  if (to !== 'ignore') return written(facts.content, [policy], { ...nothing, parts: [edits([policy])] });
  const approved = await facts.approved();
  if (!approved.ok) return approved;
  const known = new Set(account.allowFrom.map(String));
  const carriedOver = [...new Set(approved.value)].filter((entry) => !known.has(entry));
  const grown: ConfigChange = {
    path: [...account.at, 'allowFrom'],
    value: [...account.allowFrom, ...carriedOver],
  };
  const approvals = carriedOver.length > 0 ? planApprovals(account, facts, approvalsTo) : null;
  // Nobody is locked out, and nobody becomes an approver, not even between two writes.
  const letIn = carriedOver.length > 0 ? [[...(approvals?.changes ?? []), grown]] : [];
  const writes = [...letIn, [policy]];
  return written(facts.content, writes.flat(), {
    ...nothing,
    parts: writes.map(edits),
    admitted: [...known, ...carriedOver],
    carriedOver,
    approvals,
  });
}

function planApprovals(
  { account }: SilenceAccount,
  { content, effective }: PlanFacts,
  approvalsTo: string | null,
): Approvals | null {
  const asked = askedInChats(effective === null ? [content.value] : [content.value, effective]);
  if (asked.length === 0) return null;
  const kind = 'makes-approvers';
  if (approvalsTo === null) return { changes: [], to: null, warning: { kind, problem: null } };
  const to = ownAddress(approvalsTo, null);
  if (!to.ok) return { changes: [], to: null, warning: { kind, problem: addressProblemTexts[to.error] } };
  const changes = askOwnerInstead(content.value, asked, { account, to: to.value });
  return { changes, to: to.value, warning: null };
}

function written<T>(content: GatewayConfigContent, changes: readonly ConfigChange[], value: T): Result<T> {
  const included = includedProblem(content, imessage, changes);
  return included === null ? ok(value) : fail(included);
}

function edits(changes: readonly ConfigChange[]): ConfigJobPart {
  return { do: 'edit', changes };
}

/** The edit of ours that made this account `ignore` and can be taken back whole: then the config is what it was. */
function wayBack(account: SilenceAccount, { content, edits: known }: PlanFacts): RecordedEdit | null {
  // Made in our file, which these settings have left since.
  if (isIncluded(content, imessage)) return null;
  const path = [...account.at, 'dmPolicy'];
  const edit = known.findLast(
    ({ reason, account: of, undone }) => reason.kind === 'silence' && of === account.account && !undone,
  );
  if (edit === undefined || undoProblem(edit, content) !== null) return null;
  const change = netChanges(edit.undos).find((entry) => entry.path.join('\n') === path.join('\n'));
  if (change?.after !== 'allowlist') return null;
  const before = withChange(content.value, { path, value: change.before });
  const policy = before === null ? undefined : settingInConfig(before, account, 'dmPolicy').value;
  return policy === undefined || policy === 'pairing' ? edit : null;
}

// ------------------------------------------------------------------ the guard's rule

function planRule(to: SilenceMode, guard: GuardView, account: string): SilencePlan['rule'] {
  if (to === 'ignore' || guard.plugin.state !== 'present') return null;
  const before: PairingReply = guardOf(guard, account)?.pairingReply ?? 'send';
  const after: PairingReply = to === 'ask' ? 'silent' : 'send';
  return before === after ? null : { before, after };
}

/** What has to be there first. */
export function obstacles(to: SilenceMode, guard: GuardView, account: string): readonly SilenceWarning[] {
  if (to !== 'ask') return [];
  const strict = guardOf(guard, account)?.strict ?? 'unknown';
  return [
    ...(guard.plugin.state === 'present' ? [] : [{ kind: 'plugin-needed' } as const]),
    ...(holdsReplies(strict) ? [] : [{ kind: 'strict-needed', strict } as const]),
  ];
}

// ------------------------------------------------------------------ what to know

function remarks(
  account: SilenceAccount,
  to: SilenceMode,
  from: SilencePlan['from'],
): readonly SilenceWarning[] {
  const warnings: SilenceWarning[] = [];
  if (hasWildcard(account)) warnings.push({ kind: 'wildcard' });
  const groups = accessGroups(account);
  if (to === 'ignore' && groups.length > 0)
    warnings.push({ kind: 'access-groups', groups: groups.map((group) => displayText(group, shownLength)) });
  if (to === 'answer' && from !== 'answer')
    warnings.push({ kind: 'answers-strangers', text: imessagePairingReply() });
  return warnings;
}
