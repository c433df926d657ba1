/** The channel policies page: what holds for every configured account, edits with a preview, and their history. */
import type { CommandHandlers } from '../../contract/api.ts';
import type { ChannelPlan, ChannelPlanInput, ChannelsView } from '../../contract/channels.ts';
import { configErrorTexts } from '../../contract/config-texts.ts';
import { accountsInConfig } from '../../contract/gateway-config/channel-accounts.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import { keepNewest } from '../../contract/keep-newest.ts';
import { appError, fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { ConfigChanges } from '../config/config-changes.ts';
import { readGatewayConfig } from '../config/gateway-config.ts';
import { isIncluded, withIncluded } from '../config/included.ts';
import type { RecordKeeper } from '../config/record-keeper.ts';
import type { GatewayConfigContent, GatewayConfigFile } from '../config-ports.ts';
import { lookAtChannels } from '../guard/channel-status.ts';
import type { Call } from '../gateway/calls.ts';
import type { ChannelSchemas } from './channel-schema.ts';
import { channelViews } from './channel-views.ts';
import { planChannel, type PlannedChannel } from './plan-channel.ts';

const mostPlans = 10;

export interface ChannelsParts {
  readonly file: GatewayConfigFile;
  readonly changes: ConfigChanges;
  readonly record: RecordKeeper;
  readonly schemas: ChannelSchemas;
  readonly request: Call;
  readonly guard: () => GuardView;
  readonly approved: (channel: string, account: string) => Promise<Result<readonly string[]>>;
  readonly connected: () => boolean;
}

type ChannelCommand = Extract<keyof CommandHandlers, `channels.${string}`>;

export class Channels {
  readonly #parts: ChannelsParts;
  /** Whether each preview has to be confirmed. */
  readonly #confirm = new Map<string, boolean>();
  readonly handlers: Pick<CommandHandlers, ChannelCommand>;

  constructor(parts: ChannelsParts) {
    this.#parts = parts;
    this.handlers = {
      'channels.list': async () => this.list(),
      'channels.plan': async (input) => this.plan(input),
      'channels.apply': async ({ id, confirmed }) => this.apply(id, confirmed),
      'channels.history': async () => ok(await parts.changes.history()),
      'channels.undo': async ({ id, confirmed }) => this.undo(id, confirmed),
    };
  }

  async list(): Promise<Result<ChannelsView>> {
    const { request, schemas, guard, connected } = this.#parts;
    if (!connected()) return fail(notConnected);
    const reading = await readGatewayConfig(request);
    if (reading === null) return fail(configUnread);
    const channels = [...new Set(accountsInConfig(reading.effective).map(({ channel }) => channel))];
    const [status, known] = await Promise.all([
      lookAtChannels(request),
      Promise.all(channels.map(async (channel) => [channel, await schemas.of(channel)] as const)),
    ]);
    const accounts = channelViews({
      reading,
      labels: status.labels,
      guard: guard(),
      schemas: new Map(known),
      connected: (channel, account) =>
        status.accounts?.find((entry) => entry.channel === channel && entry.account === account)?.connected ??
        null,
    });
    return ok({ accounts, notEditable: await this.#notEditable() });
  }

  async plan(input: ChannelPlanInput): Promise<Result<ChannelPlan>> {
    const { connected, file, changes } = this.#parts;
    if (!connected()) return fail(notConnected);
    const content = await file.read();
    if (!content.ok) return content;
    const planned = await this.#work(input, content.value);
    if (!planned.ok) return planned;
    const { channel, account } = input;
    const { parts, warnings } = planned.value;
    const reason = { kind: 'channel', channel, account } as const;
    const job = { reason, channel, account, parts, takesBack: null };
    const plan = await changes.plan(job, content.value);
    if (!plan.ok) return plan;
    const confirm = warnings.length > 0;
    this.#confirm.set(plan.value.id, confirm);
    keepNewest(this.#confirm, mostPlans);
    return ok({ ...plan.value, warnings, confirm });
  }

  async apply(id: string, confirmed: boolean): Promise<Result<null>> {
    const confirm = this.#confirm.get(id);
    if (confirm === undefined) return fail(appError('config-changed', configErrorTexts.stalePlan, true));
    if (confirm && !confirmed) return fail(appError('bad-input', configErrorTexts.notConfirmed));
    this.#confirm.delete(id);
    return started(this.#parts.changes.apply(id));
  }

  async undo(id: string, confirmed: boolean): Promise<Result<null>> {
    const { connected, file, changes, record } = this.#parts;
    if (!connected()) return fail(notConnected);
    const edit = record.current.edits.find((entry) => entry.id === id);
    if (edit === undefined) return fail(appError('bad-input', configErrorTexts.historyGone));
    const content = await file.read();
    if (!content.ok) return content;
    const job = changes.undoJob(edit, { reason: { kind: 'undo', of: id }, confirmed }, content.value);
    if (!job.ok) return job;
    const plan = await changes.plan(job.value, content.value);
    return plan.ok ? started(changes.apply(plan.value.id)) : plan;
  }

  async #work(input: ChannelPlanInput, content: GatewayConfigContent): Promise<Result<PlannedChannel>> {
    const { schemas, approved, request } = this.#parts;
    const reading = isIncluded(content, input.channel) ? await readGatewayConfig(request) : null;
    return planChannel(input, {
      content: withIncluded(content, reading, input.channel),
      schema: await schemas.of(input.channel),
      approved: async () => approved(input.channel, input.account),
    });
  }

  async #notEditable(): Promise<AppError | null> {
    const content = await this.#parts.file.read();
    if (!content.ok) return content.error;
    const { editable, path } = content.value;
    return editable.ok
      ? null
      : appError('config-not-editable', configErrorTexts.dialect(path, editable.line, editable.reason));
  }
}

function started(result: Result<unknown>): Result<null> {
  return result.ok ? ok(null) : result;
}

const notConnected = appError('not-connected', configErrorTexts.notConnected, true);
const configUnread = appError('config-not-editable', configErrorTexts.configUnread, true);
