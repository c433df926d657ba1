/** Builds the app from its ports, once, by hand, in dependency order; then subscribes A to B. No logic of its own. */
import type { CommandHandlers } from '../contract/api.ts';
import { Listeners, type Stop } from '../contract/listeners.ts';
import { isHeld } from '../contract/request.ts';
import { AppStore } from '../core/app-store.ts';
import { initialSnapshot, shownRequests, withFacts } from '../core/app-view.ts';
import { createHandlers } from '../core/commands.ts';
import { Credentials } from '../core/credentials/credentials.ts';
import { Connection } from '../core/gateway/connection.ts';
import { elevatedCalls } from '../core/gateway/calls.ts';
import { noAuthority, restingAuthority } from '../core/gateway/resting-authority.ts';
import { GuardCalls } from '../core/guard/guard-calls.ts';
import { JournalRecorder } from '../core/journal/recorder.ts';
import { Notices } from '../core/notices.ts';
import { approvedContacts } from '../core/people/approved-contacts.ts';
import { isOffered } from '../core/people/offered.ts';
import { AnswerSender } from '../core/requests/answer-sender.ts';
import type { InboxDelta } from '../core/requests/delta.ts';
import { GatewayClock } from '../core/requests/gateway-clock.ts';
import { InboxTimer } from '../core/requests/inbox-timer.ts';
import { Inbox, inboxTimes } from '../core/requests/inbox.ts';
import { SettingsKeeper } from '../core/settings/settings-keeper.ts';
import { switchFromTray } from '../core/silence/switch-from-tray.ts';
import { trayModel } from '../core/tray/tray-model.ts';
import type { App, AppParts } from './app.ts';
import { composeConfig, type ConfigComposition } from './compose-config.ts';
import { composeFeed } from './compose-feed.ts';
import { composeGuard, type GuardComposition } from './compose-guard.ts';
import { composeNotifications } from './compose-notifications.ts';
import { composePeople } from './compose-people.ts';
import { composeSetupCodes } from './compose-setup-codes.ts';
import { hearConnection } from './hear-connection.ts';
import { hearDesktop } from './hear-desktop.ts';
import { reachOf } from './reach.ts';

export function composeApp(parts: AppParts): App {
  const { clock, timers, random, logger, tray, notifier, power, host } = parts;
  const settings = new SettingsKeeper(parts.settings);
  const notices = new Notices(settings.keptAside);
  const credentials = new Credentials(parts.secrets, logger);
  const gatewayClock = new GatewayClock(clock);
  /** Of the newest session; kept while there is none, so that cards do not change with every break. */
  let authority = noAuthority;
  const held = () => authority;

  const inbox = new Inbox({
    ...inboxTimes,
    clock,
    held,
    ownDeviceId: () => connection.ownDeviceId,
    sendGate: () => guard.keeper.gate,
  });
  const recorder = new JournalRecorder({ journal: parts.journal, clock, view: (key) => inbox.get(key) });
  const connection: Connection = new Connection({
    clock,
    timers,
    random,
    logger,
    credentials,
    gateway: parts.gateway,
    finder: parts.finder,
    displayName: `Portcullis on ${parts.machineName}`,
    choice: settings.current.gateway,
    sync: async ({ hello }) => {
      authority = restingAuthority(hello);
      gatewayClock.reset();
      // Whether there are stopped messages to read is for the guard to say.
      await guard.keeper.connected();
      await blockedSenders.refresh();
      return feed.readAll();
    },
  });
  const request: Connection['request'] = (...call) => connection.request(...call);
  const reach = reachOf(connection);
  const elevate = elevatedCalls(connection);
  const guard: GuardComposition = composeGuard({
    parts,
    notices,
    request,
    connection: reach,
    recorder,
    onChange: guardChanged,
    onOffer: () => void feed.refresh('send'),
    onGone: () => {
      feed.guardGone();
    },
  });
  const offers = (method: string): boolean =>
    isOffered(method, connection.hello?.methods ?? null, guard.keeper.view.plugin);
  const approved = approvedContacts({
    calls: new GuardCalls(request),
    offers,
    stored: parts.storedContacts,
    isLocal: reach.isLocal,
    logger,
  });
  const config: ConfigComposition = composeConfig({
    parts,
    notices,
    request,
    elevate,
    guard: () => guard,
    approved,
    holdsSend: () => inbox.views(shownRequests).requests.some(isHeld),
    connection: reach,
    recorder,
    onChange: refresh,
  });
  const { strangers, activations, announcer } = composeNotifications({
    parts,
    notices,
    note: (fact) => {
      recorder.note(fact);
    },
    gatewayId: () => connection.address?.id ?? '',
    snapshot: () => store.get(),
    onChange: refresh,
  });
  const { feed, blockedSenders } = composeFeed({
    parts,
    connection,
    guard,
    inbox,
    gatewayClock,
    onDelta,
    strangers,
  });
  const sender = new AnswerSender({
    inbox,
    feed,
    request,
    elevate,
    screenLocked: () => power.screenLocked,
    onDelta,
    onSubmitted: refresh,
  });
  const setupCodes = composeSetupCodes({
    parts,
    connection,
    gatewayClock,
    recorder,
    onChange: refresh,
    onElevated: () => people.changed(),
  });
  const people = composePeople({
    parts,
    connection,
    gatewayClock,
    held,
    inbox,
    sender,
    rules: guard.rules,
    offers,
    approved,
    onRules: () => blockedSenders.refresh().then(() => feed.refresh('chat')),
    onChange: refresh,
  });
  const inboxTimer = new InboxTimer({ inbox, clock, timers, onDelta });
  const focus = new Listeners<[key: string | null]>();
  const store = new AppStore({
    initial: initialSnapshot(facts(), clock.now()),
    clock,
    schedule: queueMicrotask,
  });
  const handlers: CommandHandlers = createHandlers({
    snapshot: () => store.get(),
    sender,
    setupCodes,
    inbox,
    guard: guard.handlers,
    settings,
    people,
    config: config.handlers,
    loginItem: parts.loginItem,
    lookAgain,
    connection,
    chooseGateway: (choice) => {
      announcer.gatewayChosen();
      inbox.clear();
      guard.keeper.forget();
      connection.settingsChanged(choice);
    },
    credentials,
    dismissNotice: (id) => {
      notices.dismiss(id);
      refresh();
    },
    onChange: refresh,
    putWindowAway: () => {
      parts.window.putAway();
    },
    quit: parts.quit,
  });

  function facts() {
    return {
      host,
      connection: connection.view,
      requests: inbox.views(shownRequests),
      usedSetupCode: setupCodes.used,
      guard: guard.keeper.view,
      ...config.views(),
      listsSeq: people.seq,
      keychain: credentials.view,
      notifier: notifier.capabilities,
      settings: settings.current,
      notices: notices.list,
    };
  }

  function refresh(): void {
    inboxTimer.rearm();
    store.update((current) => withFacts(current, facts()));
  }

  function onDelta(delta: InboxDelta): void {
    feed.follow(delta);
    recorder.record(delta);
    strangers.follow(delta.settled.map((key) => inbox.get(key)));
    if (delta.settled.length > 0) people.changed();
    refresh();
  }

  function showTray(): void {
    tray.render(trayModel(store.get(), activations, parts.calendar));
  }

  function guardChanged(): void {
    inbox.guardChanged();
    config.guardChanged();
    refresh();
  }

  /** The owner looks now: ask for what the gateway does not announce. */
  function lookAgain(): void {
    void feed.refresh('chat');
    void guard.keeper.look();
    config.look();
  }

  const stops: Stop[] = [
    ...hearConnection({
      connection,
      inbox,
      feed,
      guard,
      config,
      setupCodes,
      people,
      onDelta,
      onChange: refresh,
    }),
    credentials.onView(refresh),
    store.subscribe(({ guard }) => {
      people.follow(guard);
      showTray();
      announcer.update();
    }),
    ...hearDesktop({
      parts,
      connection,
      activations,
      announcer,
      sender,
      lookAgain,
      focus: (key) => {
        focus.emit(key);
      },
      settings: () => settings.current,
      pause: (paused) => guard.rules.pause(paused),
      silence: (account, to) =>
        switchFromTray({ silence: config.silence, notices, onChange: refresh }, account, to),
      onCapabilities: refresh,
    }),
  ];

  return {
    handlers,
    snapshot: () => store.get(),
    onSnapshot: (listener) => store.subscribe(listener),
    onFocus: (listener) => focus.add(listener),
    async start() {
      showTray();
      await config.load();
      connection.start();
    },
    async stop() {
      for (const stop of stops) stop();
      feed.connectionLost();
      inbox.disconnected();
      connection.dispose();
      credentials.dispose();
      await Promise.all([sender.idle(), setupCodes.idle(), guard.stop(), config.stop(), announcer.dispose()]);
      inboxTimer.stop();
    },
  };
}
