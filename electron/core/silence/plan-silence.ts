/** Works out what switching one account would do: config writes, the guard's rule, who is carried over, what to know. */
import { silenceErrorTexts } from '../../contract/config-texts.ts';
import { settingInConfig } from '../../contract/gateway-config/channel-accounts.ts';
import { withChange, type ConfigChange } from '../../contract/gateway-config/json.ts';
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
  readonly warnings: readonly SilenceWarning[];
  readonly applicable: boolean;
  readonly confirm: boolean;
}

export async function planSilence(
  { account: name, to }: SilencePlanInput,
  facts: PlanFacts,
): Promise<Result<PlannedSilence>> {
  const account = silenceAccounts(facts.content.value).find((entry) => entry.account === name);
  if (account === undefined) return fail(appError('bad-input', silenceErrorTexts.noAccount));
  const guarded = guardOf(facts.guard, name);
  const from = modeOf(account.dmPolicy, guarded);
  const config = await planConfig(account, to, facts);
  if (!config.ok) return config;
  const rule = planRule(to, facts.guard, name);
  const warnings = [...obstacles(to, facts.guard, name), ...remarks(account, to, from)];
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
    warnings,
    applicable: !warnings.some(({ kind }) => kind === 'strict-needed' || kind === 'plugin-needed'),
    confirm: to === 'answer',
  });
}

// ------------------------------------------------------------------ the gateway's config

interface ConfigPart {
  readonly parts: readonly ConfigJobPart[];
  readonly takesBack: string | null;
  readonly admitted: readonly string[] | null;
  readonly carriedOver: readonly string[];
}

const nothing: ConfigPart = { parts: [], takesBack: null, admitted: null, carriedOver: [] };

async function planConfig(
  account: SilenceAccount,
  to: SilenceMode,
  facts: PlanFacts,
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
  const changes = carriedOver.length > 0 ? [grown, policy] : [policy];
  return written(facts.content, changes, {
    ...nothing,
    // Nobody is locked out, not even between two writes.
    parts: changes.map((change) => edits([change])),
    admitted: [...known, ...carriedOver],
    carriedOver,
  });
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
