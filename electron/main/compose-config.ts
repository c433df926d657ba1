/** Builds what edits the gateway's config: the one service for edits, the silence switch, and the channel policies. */
import { noticeTexts } from '../contract/strings.ts';
import type { GuardView } from '../contract/guard/guard-view.ts';
import type { JournalFact } from '../contract/journal.ts';
import type { AppFacts } from '../core/app-view.ts';
import type { ConfigHandlers } from '../core/commands.ts';
import { ChannelSchemas } from '../core/channels/channel-schema.ts';
import { Channels } from '../core/channels/channels.ts';
import { ConfigChanges } from '../core/config/config-changes.ts';
import { PlacedConfig } from '../core/config/config-door.ts';
import { ConfigWatch } from '../core/config/config-watch.ts';
import { OwedRestart } from '../core/config/owed-restart.ts';
import { RecordKeeper } from '../core/config/record-keeper.ts';
import { RemoteConfig } from '../core/config/remote-config.ts';
import { remotePath } from '../core/config/remote-content.ts';
import { RestartMarks } from '../core/config/restart-marks.ts';
import type { Call, Elevate } from '../core/gateway/calls.ts';
import { GuardCalls } from '../core/guard/guard-calls.ts';
import { GuardRules } from '../core/guard/guard-rules.ts';
import type { JournalRecorder } from '../core/journal/recorder.ts';
import type { Notices } from '../core/notices.ts';
import type { ApprovedContacts } from '../core/people/approved-contacts.ts';
import type { GatewayEvent } from '../core/ports.ts';
import { SilenceEnd } from '../core/silence/silence-end.ts';
import { Silence } from '../core/silence/silence.ts';
import type { AppParts } from './app.ts';
import type { GuardComposition } from './compose-guard.ts';
import type { Reach } from './reach.ts';

export interface ConfigComposition {
  readonly silence: Silence;
  readonly handlers: ConfigHandlers;
  views(): Pick<AppFacts, 'silence' | 'configWork' | 'owedRestart'>;
  /** Reads what is remembered; before anything else. */
  load(): Promise<void>;
  event(event: GatewayEvent): void;
  /** The connection is ready. */
  ready(): void;
  disconnected(): void;
  /** The owner looks. */
  look(): void;
  /** What is known of the guard changed. */
  guardChanged(): void;
  stop(): Promise<void>;
}

export interface ConfigOutside {
  readonly parts: Pick<
    AppParts,
    'clock' | 'timers' | 'random' | 'logger' | 'power' | 'gatewayConfig' | 'configRecord'
  >;
  readonly notices: Notices;
  readonly request: Call;
  readonly elevate: Elevate;
  readonly guard: () => Pick<GuardComposition, 'keeper'>;
  readonly approved: ApprovedContacts;
  /** A stopped message waits for its answer. */
  readonly holdsSend: () => boolean;
  readonly connection: Reach;
  readonly recorder: JournalRecorder;
  readonly onChange: () => void;
}

export function composeConfig(outside: ConfigOutside): ConfigComposition {
  const { parts, notices, request, elevate, guard, approved, connection, recorder, onChange } = outside;
  const { clock, timers, random, logger, power, gatewayConfig: local } = parts;
  const { isReady: connected, isLocal, ownDeviceId } = connection;
  const remoteGateway = (): string | null => {
    const gateway = connection.gateway();
    return gateway?.remote === true ? gateway.address : null;
  };
  const record = new RecordKeeper(parts.configRecord, logger);
  const marks = new RestartMarks(record);
  const remote = new RemoteConfig({
    request,
    elevate,
    timers,
    logger,
    marks,
    gateway: remoteGateway,
    ownDeviceId,
  });
  const file = new PlacedConfig({ local, remote, isRemote: () => remoteGateway() !== null });
  const guardView = (): GuardView => guard().keeper.view;
  const note = (fact: JournalFact): void => {
    recorder.note(fact);
  };
  const calls = new GuardCalls(request);
  const schemas = new ChannelSchemas(request);
  // Whether the owner may change anything now is asked before an edit starts, not in the middle of it.
  const rules = new GuardRules({
    calls,
    screenLocked: () => false,
    onStored: (policy) => {
      guard().keeper.rulesStored(policy);
    },
    note,
  });
  const changes: ConfigChanges = new ConfigChanges({
    file,
    record,
    rules,
    request,
    clock,
    timers,
    random,
    logger,
    connected,
    screenLocked: () => power.screenLocked,
    holdsSend: outside.holdsSend,
    guard: guardView,
    onChanged: (summary) => {
      note({ kind: 'config-changed', by: 'us', summary });
    },
    onView: () => {
      silence.refresh();
      owedRestart.refresh();
      onChange();
    },
  });
  const owedRestart: OwedRestart = new OwedRestart({
    marks,
    restart: async () => remote.restart(),
    timers,
    gateway: remoteGateway,
    bootId: connection.bootId,
    connected,
    screenLocked: () => power.screenLocked,
    changing: () => changes.view.state === 'working',
    onView: onChange,
  });
  const watch = new ConfigWatch(
    request,
    () => {
      silence.refresh();
    },
    (path) => remotePath(path, remoteGateway()),
  );
  const shared = {
    file,
    changes,
    record,
    clock,
    connected,
    isLocal,
    guard: guardView,
    approved: approved.of,
  };
  const silenceEnd = new SilenceEnd({ ...shared, timers, logger, notices, onChange: changed });
  const silence: Silence = new Silence({
    ...shared,
    watch,
    onTimes: () => {
      silenceEnd.arm();
    },
    onView: onChange,
  });
  const channels = new Channels({ ...shared, schemas, request });

  /** Whatever waits for the gateway looks again at once. */
  function nudge(): void {
    changes.nudge();
    remote.nudge();
  }

  function changed(): void {
    silence.refresh();
    onChange();
  }

  return {
    silence,
    handlers: { ...silence.handlers, ...channels.handlers, ...owedRestart.handlers },
    views: () => ({ silence: silence.view, configWork: changes.view, owedRestart: owedRestart.view }),
    async load() {
      const keptAside = await record.load();
      if (keptAside !== null)
        notices.raise({ id: 'config-record-kept-aside', text: noticeTexts.configRecordKeptAside(keptAside) });
    },
    event(event) {
      watch.event(event);
      if (event.name === 'config.changed') nudge();
    },
    ready() {
      schemas.forget();
      nudge();
      silenceEnd.arm();
      void owedRestart.ready();
      void watch.look();
    },
    disconnected() {
      watch.disconnected();
      owedRestart.refresh();
    },
    look() {
      void watch.look();
    },
    guardChanged() {
      silence.refresh();
    },
    async stop() {
      silenceEnd.stop();
      await Promise.all([remote.stop(), changes.stop(), owedRestart.stop()]);
    },
  };
}
