/** Turns the owner's edits of one channel account into config writes, checked against the gateway's own schema. */
import type {
  ChannelEdit,
  ChannelPlanInput,
  ChannelSettingKey,
  ChannelWarning,
} from '../../contract/channels.ts';
import { channelErrorTexts } from '../../contract/config-texts.ts';
import {
  accountsInConfig,
  settingInConfig,
  type AccountInConfig,
} from '../../contract/gateway-config/channel-accounts.ts';
import {
  isJsonArray,
  sameJson,
  valueAt,
  withChange,
  type ConfigChange,
  type Json,
} from '../../contract/gateway-config/json.ts';
import { imessagePairingReply } from '../../contract/pairing-reply.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { ConfigJobPart } from '../config/config-job.ts';
import { includedProblem } from '../config/included.ts';
import type { GatewayConfigContent } from '../config-ports.ts';
import { displayText } from '../requests/display-text.ts';
import { hasWildcard, imessage } from '../silence/silence-account.ts';
import { listSettings, type ChannelSchema } from './channel-schema.ts';

const shownLength = 80;

export interface ChannelPlanFacts {
  readonly content: GatewayConfigContent;
  readonly schema: ChannelSchema;
  /** Asked only when somebody could be locked out. */
  readonly approved: () => Promise<Result<readonly string[]>>;
}

export interface PlannedChannel {
  readonly parts: readonly ConfigJobPart[];
  readonly warnings: readonly ChannelWarning[];
}

export async function planChannel(
  { channel, account: name, edits }: ChannelPlanInput,
  { content, schema, approved }: ChannelPlanFacts,
): Promise<Result<PlannedChannel>> {
  const account = accountsInConfig(content.value).find(
    (entry) => entry.channel === channel && entry.account === name,
  );
  if (account === undefined) return fail(appError('bad-input', channelErrorTexts.noAccount));
  for (const edit of edits) {
    const problem = editProblem(edit, schema);
    if (problem !== null) return fail(problem);
  }
  const changes = edits
    .map((edit) => changeOf(edit, account, content.value))
    .filter(({ path, value }) => !sameJson(valueAt(content.value, path), value));
  const included = changes.length === 0 ? null : includedProblem(content, channel, changes);
  if (included !== null) return fail(included);
  const before = policiesOf(content.value, account);
  const changed = changes.reduce<Json>(
    (config, change) => withChange(config, change) ?? config,
    content.value,
  );
  const after = policiesOf(changed, account);
  if (after.dmPolicy === 'open' && !hasWildcard(after))
    return fail(appError('bad-input', channelErrorTexts.openNeedsEveryone));
  return ok({
    parts: inSafeOrder(changes, content.value).map((change) => ({ do: 'edit', changes: [change] })),
    warnings: changes.length === 0 ? [] : await warningsOf(channel, before, after, approved),
  });
}

function editProblem({ key, value }: ChannelEdit, schema: ChannelSchema): AppError | null {
  const known = schema[key];
  if (known === 'absent') return appError('bad-input', channelErrorTexts.noSetting(key));
  if (value === null) return null;
  const isList = listSettings.has(key);
  if (isList !== (typeof value === 'object'))
    return appError('bad-input', (isList ? channelErrorTexts.listWanted : channelErrorTexts.wordWanted)(key));
  const allowed = known === 'unknown' ? null : known.allowed;
  if (typeof value === 'string' && allowed !== null && !allowed.includes(value))
    return appError('bad-input', channelErrorTexts.notAllowed(key, allowed));
  return null;
}

/** Entries keep how they are written: a number stays one. */
function changeOf({ key, value }: ChannelEdit, account: AccountInConfig, config: Json): ConfigChange {
  const { path, value: current } = settingInConfig(config, account, key);
  if (value === null) return { path, value: undefined };
  if (typeof value === 'string') return { path, value };
  const raw = isJsonArray(current) ? current : [];
  return {
    path,
    value: value.map(
      (entry) => raw.find((known) => typeof known === 'number' && String(known) === entry) ?? entry,
    ),
  };
}

/** Lists that only grow first, lists that lose somebody last: nobody is locked out between two writes. */
function inSafeOrder(changes: readonly ConfigChange[], config: Json): readonly ConfigChange[] {
  const rank = ({ path, value }: ConfigChange): number => {
    if (!listSettings.has(path.at(-1) as ChannelSettingKey)) return 1;
    const before = valueAt(config, path);
    const old = isJsonArray(before) ? before : [];
    const grows = isJsonArray(value) && old.every((entry) => value.some((kept) => sameJson(kept, entry)));
    return grows ? 0 : 2;
  };
  return changes.toSorted((a, b) => rank(a) - rank(b));
}

interface Policies {
  readonly dmPolicy: Json | undefined;
  readonly allowFrom: readonly Json[];
}

function policiesOf(config: Json, account: AccountInConfig): Policies {
  const allowFrom = settingInConfig(config, account, 'allowFrom').value;
  return {
    dmPolicy: settingInConfig(config, account, 'dmPolicy').value,
    allowFrom: isJsonArray(allowFrom) ? allowFrom : [],
  };
}

async function warningsOf(
  channel: string,
  before: Policies,
  after: Policies,
  approved: ChannelPlanFacts['approved'],
): Promise<readonly ChannelWarning[]> {
  const warnings: ChannelWarning[] = [];
  if (hasWildcard(after) && !hasWildcard(before)) warnings.push({ kind: 'wildcard' });
  const closed = after.dmPolicy === 'allowlist';
  if (after.dmPolicy === 'disabled' || (closed && after.allowFrom.length === 0))
    warnings.push({ kind: 'nobody' });
  if (closed && before.dmPolicy !== 'allowlist' && !hasWildcard(after))
    warnings.push(...(await lockedOut(after, approved)));
  if (after.dmPolicy === 'pairing' && before.dmPolicy !== 'pairing' && before.dmPolicy !== undefined) {
    const text = channel === imessage ? imessagePairingReply() : null;
    warnings.push({ kind: 'answers-strangers', text });
  }
  return warnings;
}

async function lockedOut(
  { allowFrom }: Policies,
  approved: ChannelPlanFacts['approved'],
): Promise<readonly ChannelWarning[]> {
  const read = await approved();
  if (!read.ok) return [{ kind: 'approved-unknown' }];
  const listed = new Set(allowFrom.map(String));
  const people = [...new Set(read.value)].filter((entry) => !listed.has(entry));
  if (people.length === 0) return [];
  return [{ kind: 'locks-out', people: people.map((entry) => displayText(entry, shownLength)) }];
}
