/** A gateway on this machine with iMessage, its config file, guard and store, and everything of ours that edits it. */
import { expect } from 'vitest';
import { sameJson, type Json } from '../../contract/gateway-config/json.ts';
import type { GuardView } from '../../contract/guard/guard-view.ts';
import { emptyPolicy } from '../../contract/guard/policy.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Notice } from '../../contract/snapshot.ts';
import { ChannelSchemas } from '../channels/channel-schema.ts';
import { Channels } from '../channels/channels.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { silentLogger } from '../gateway/outside.double.ts';
import type { GuardKeeper } from '../guard/guard-keeper.ts';
import { guardWorld, type GuardWorld } from '../guard/guard.fixture.ts';
import { GuardRules } from '../guard/guard-rules.ts';
import { Notices } from '../notices.ts';
import { approvedContacts } from '../people/approved-contacts.ts';
import type { StoredContact } from '../people-ports.ts';
import type { GatewayFailure } from '../ports.ts';
import { SilenceEnd } from '../silence/silence-end.ts';
import { Silence } from '../silence/silence.ts';
import { ConfigChanges } from './config-changes.ts';
import { PlacedConfig } from './config-door.ts';
import { ConfigWatch } from './config-watch.ts';
import { ConfigRecordFileDouble, configPath, GatewayConfigFileDouble } from './gateway-config-file.double.ts';
import { OwedRestart } from './owed-restart.ts';
import { RecordKeeper } from './record-keeper.ts';
import { RemoteConfig } from './remote-config.ts';
import { RemoteGatewayDouble } from './remote-gateway.double.ts';
import { remotePath } from './remote-content.ts';
import { RestartMarks } from './restart-marks.ts';

type Answer = Result<unknown, GatewayFailure>;

const dmPolicies = ['pairing', 'allowlist', 'open', 'disabled'];

/** What the gateway does with the file: takes it over at once unless told otherwise. */
export class ConfigGateway {
  readonly file: GatewayConfigFileDouble;
  readonly plugin: GuardWorld['plugin'];
  /** What it runs with. */
  running: Json;
  takesOver = true;
  /** The channel does not come back. */
  channelStays = true;
  starts = 1;
  /** The whole config, where parts of the file come from others; null: the file is the whole. */
  whole: Json | null = null;

  constructor(file: GatewayConfigFileDouble, plugin: GuardWorld['plugin']) {
    this.file = file;
    this.plugin = plugin;
    this.running = file.value;
    file.onWrite = () => {
      this.takeOver();
    };
  }

  get valid(): boolean {
    return !JSON.stringify(this.file.value).includes('nonsense');
  }

  /** With what stands in the file; every channel starts anew. */
  restart(): void {
    this.running = {};
    this.takeOver();
  }

  takeOver(): void {
    if (!this.takesOver || !this.valid || sameJson(this.running, this.file.value)) return;
    this.running = this.file.value;
    this.starts += 1;
    const connected = this.channelStays;
    this.plugin.channels = { imessage: [{ accountId: 'default', connected, lastStartAt: this.starts }] };
  }

  answer(method: string, params: unknown): Answer | null {
    if (method === 'config.get')
      return ok({
        path: configPath,
        valid: this.valid,
        issues: this.valid ? [] : [{ path: 'channels.imessage.dmPolicy', message: 'not allowed' }],
        config: this.valid ? filledIn(this.whole ?? this.file.value) : null,
        resolved: filledIn(this.whole ?? this.file.value),
        configRevisionHash: JSON.stringify(this.file.value),
        appliedConfigHash: JSON.stringify(this.running),
      });
    if (method !== 'config.schema.lookup') return null;
    const { path } = params as { readonly path: string };
    const key = path.split('.').at(-1) ?? '';
    if (key === 'dmPolicy') return ok({ schema: { type: 'string', enum: dmPolicies } });
    if (key === 'allowFrom') return ok({ schema: { type: 'array' } });
    return fail(localFailure('INVALID_REQUEST', 'no such path'));
  }
}

/** Variables are told by their value. */
function filledIn(value: Json): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('${OWNER}', '+15550000042')) as Json;
}

export type ConfigWorld = Awaited<ReturnType<typeof configWorld>>;

export interface WorldOptions {
  readonly imessage?: Json;
  readonly recordFile?: ConfigRecordFileDouble;
  readonly file?: GatewayConfigFileDouble;
  readonly now?: number;
}

export const usualImessage: Json = { cliPath: 'imsg', allowFrom: ['+15550000001'] };

export async function configWorld(options: WorldOptions = {}) {
  const guarded = guardWorld();
  const { plugin, timers, installer, calls, local } = guarded;
  if (options.now !== undefined) timers.now = options.now;
  plugin.policy = { ...emptyPolicy, revision: 1 };
  const file =
    options.file ??
    new GatewayConfigFileDouble({ channels: { imessage: options.imessage ?? usualImessage } });
  const gateway = new ConfigGateway(file, plugin);
  const recordFile = options.recordFile ?? new ConfigRecordFileDouble();
  const circumstances = { connected: true, screenLocked: false, holdsSend: false };
  const store: { contacts: readonly StoredContact[] | null } = { contacts: [] };
  const notices = new Notices(null);
  const clock = { now: () => timers.now };
  let issued = 0;
  const random = {
    fraction: () => 0,
    token: () => {
      issued += 1;
      return `id-${String(timers.now)}-${String(issued)}`;
    },
  };
  const away = new RemoteGatewayDouble(file, () => {
    gateway.restart();
    void owedRestart.ready();
  });
  const request: GuardWorld['request'] = async (method, params) =>
    (local.now ? null : await away.answer(method, params)) ??
    gateway.answer(method, params) ??
    guarded.request(method, params);
  const connected = (): boolean => circumstances.connected;
  const isLocal = (): boolean => local.now;
  const remoteGateway = (): string | null => (local.now ? null : away.address);
  const record = new RecordKeeper(recordFile, silentLogger);
  const keptAside = await record.load();
  const marks = new RestartMarks(record);
  const remote = new RemoteConfig({
    request,
    elevate: away.elevate,
    timers,
    logger: silentLogger,
    marks,
    gateway: remoteGateway,
    ownDeviceId: () => away.ownDeviceId,
  });
  const door = new PlacedConfig({ local: file, remote, isRemote: () => !local.now });
  const keeper: GuardKeeper = guarded.keeper;
  const guard = (): GuardView => keeper.view;
  const changes: ConfigChanges = new ConfigChanges({
    file: door,
    record,
    rules: new GuardRules({
      calls,
      screenLocked: () => false,
      onStored: (policy) => {
        keeper.rulesStored(policy);
      },
      note: () => undefined,
    }),
    request,
    clock,
    timers,
    random,
    logger: silentLogger,
    connected,
    screenLocked: () => circumstances.screenLocked,
    holdsSend: () => circumstances.holdsSend,
    guard,
    onChanged: (summary) => void summaries.push(summary),
    onView: () => {
      steps.push(changes.view.state === 'working' ? changes.view.progress.step : changes.view.state);
      silence.refresh();
      owedRestart.refresh();
    },
  });
  const owedRestart: OwedRestart = new OwedRestart({
    marks,
    restart: async () => remote.restart(),
    timers,
    gateway: remoteGateway,
    bootId: () => away.bootId,
    connected,
    screenLocked: () => circumstances.screenLocked,
    changing: () => changes.view.state === 'working',
    onView: () => undefined,
  });
  const steps: string[] = [];
  const summaries: string[] = [];
  const watch: ConfigWatch = new ConfigWatch(
    request,
    () => {
      silence.refresh();
    },
    (path) => remotePath(path, remoteGateway()),
  );
  const approved = approvedContacts({
    calls,
    offers: () => guard().plugin.state === 'present',
    stored: {
      read: () => Promise.resolve(store.contacts === null ? fail('unreadable' as const) : ok(store.contacts)),
    },
    isLocal,
    logger: silentLogger,
  });
  const shared = { file: door, changes, record, clock, connected, isLocal, guard, approved: approved.of };
  const silenceEnd = new SilenceEnd({
    ...shared,
    timers,
    logger: silentLogger,
    notices,
    onChange: () => {
      silence.refresh();
    },
  });
  const silence: Silence = new Silence({
    ...shared,
    watch,
    onTimes: () => {
      silenceEnd.arm();
    },
    onView: () => undefined,
  });
  const channels = new Channels({ ...shared, schemas: new ChannelSchemas(request), request });
  const look = async (): Promise<void> => {
    await keeper.look();
    await watch.look();
    silence.refresh();
  };
  await look();
  return {
    ...guarded,
    file,
    gateway,
    away,
    remote,
    recordFile,
    keptAside,
    record,
    circumstances,
    store,
    silence,
    silenceEnd,
    channels,
    changes,
    owedRestart,
    steps,
    summaries,
    look,
    installer,
    notices: (): readonly Notice[] => notices.list,
    /** Strict mode is on for the account. */
    async strict() {
      installer.become('on');
      await look();
    },
    /** Until nothing is under way. */
    async settles(state: 'done' | 'failed' = 'done') {
      await expect.poll(() => changes.view.state).toBe(state);
      await look();
    },
    mode(): string {
      if (silence.view.state !== 'ready') return silence.view.reason;
      return silence.view.accounts.map(({ mode }) => mode).join(' ');
    },
    /** Preview, confirmation, and until it is done. */
    async switchTo(to: 'answer' | 'ask' | 'ignore', until: number | null = null, account = 'default') {
      const plan = await silence.plan({ account, to, until });
      if (!plan.ok) return plan;
      const started = await silence.apply(plan.value.id, true);
      if (!started.ok) return started;
      await expect.poll(() => changes.busy).toBe(false);
      await look();
      return ok(plan.value);
    },
  };
}
