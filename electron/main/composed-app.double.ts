/** The whole app, composed for real, in a scripted outside: gateway, desktop, keychain, settings file and time. */
import type { JournalEntry } from '../contract/journal.ts';
import { Listeners } from '../contract/listeners.ts';
import { noLoginItem } from '../contract/login-item.ts';
import { fail, ok } from '../contract/result.ts';
import type { RequestKind } from '../contract/request.ts';
import { defaultSettings, type Settings } from '../contract/settings.ts';
import {
  ConfigRecordFileDouble,
  GatewayConfigFileDouble,
} from '../core/config/gateway-config-file.double.ts';
import {
  FinderDouble,
  GatewayDouble,
  SecretStoreDouble,
  silentLogger,
  TimersDouble,
} from '../core/gateway/outside.double.ts';
import { GuardInstallerDouble } from '../core/guard/guard-installer.double.ts';
import { GuardPluginDouble } from '../core/guard/guard-plugin.double.ts';
import { NotifierDouble } from '../core/notify/notifier.double.ts';
import type { LoginItem } from '../core/login-item-ports.ts';
import type { StoredContacts } from '../core/people-ports.ts';
import type { LocalTime, PowerEvents, Tray, TrayEntry, TrayModel } from '../core/ports.ts';
import { startTime } from '../core/requests/requests.fixture.ts';
import { noAsks, type AskState } from '../core/strangers/ask-state.ts';
import type { App } from './app.ts';
import { composeApp } from './compose.ts';

/** A gateway with pairing lists a test writes; answers are taken, or do what the test says. */
export class PairingGateway extends GatewayDouble {
  readonly pending: Record<RequestKind, readonly unknown[]> = { chat: [], device: [], node: [], send: [] };
  readonly guard = new GuardPluginDouble();

  constructor() {
    super();
    this.guard.version = null;
    this.methods = (['channels', 'device', 'node'] as const).flatMap((area) => [
      ...(area === 'channels'
        ? ['channels.pairing.list', 'channels.pairing.approve', 'channels.pairing.dismiss']
        : [`${area}.pair.list`, `${area}.pair.approve`, `${area}.pair.reject`]),
    ]);
    this.answer = (method, params) => this.listed(method, params) ?? ok({});
  }

  listed(method: string, params: unknown = {}) {
    const { chat, device, node, send } = this.pending;
    this.guard.stopped = send;
    if (method === 'channels.pairing.list') return ok({ requests: chat });
    if (method === 'device.pair.list') return ok({ pending: device, paired: [] });
    if (method === 'node.pair.list') return ok({ pending: node, paired: [] });
    return this.guard.answer(method, params);
  }

  /** Calls that decide something. */
  get decisions(): readonly { readonly method: string; readonly params: unknown }[] {
    return this.requests.filter(({ method }) => /\.(approve|reject|dismiss)$/.test(method));
  }

  announce(name: string, payload: unknown): void {
    this.sessions.at(-1)?.listener.event({ name, payload });
  }
}

export class TrayDouble implements Tray {
  readonly available = true;
  model: TrayModel | null = null;
  readonly #chosen = new Listeners<[token: string]>();
  readonly onChosen = this.#chosen.add;
  readonly #clicked = new Listeners();
  readonly onClicked = this.#clicked.add;

  render(model: TrayModel): void {
    this.model = model;
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  click(): void {
    this.#clicked.emit();
  }

  /** The first entry of that name, in whichever menu. */
  choose(label: string): void {
    const entry = flat(this.model?.entries ?? []).find((it) => it.type === 'action' && it.label === label);
    if (entry?.type !== 'action') throw new Error(`The tray offers no ${label}.`);
    this.#chosen.emit(entry.token);
  }
}

function flat(entries: readonly TrayEntry[]): readonly TrayEntry[] {
  return entries.flatMap((entry) => (entry.type === 'submenu' ? flat(entry.entries) : [entry]));
}

export class PowerDouble implements PowerEvents {
  screenLocked = false;
  readonly #suspend = new Listeners();
  readonly onSuspend = this.#suspend.add;
  readonly #resume = new Listeners();
  readonly onResume = this.#resume.add;

  suspend(): void {
    this.#suspend.emit();
  }

  resume(): void {
    this.#resume.emit();
  }
}

export interface ComposedApp {
  readonly app: App;
  readonly gateway: PairingGateway;
  readonly finder: FinderDouble;
  readonly secrets: SecretStoreDouble;
  readonly notifier: NotifierDouble;
  readonly tray: TrayDouble;
  readonly power: PowerDouble;
  readonly timers: TimersDouble;
  readonly guardInstaller: GuardInstallerDouble;
  readonly gatewayConfig: GatewayConfigFileDouble;
  /** What the settings file was last written with. */
  readonly written: readonly Settings[];
  /** Keys the window was opened at. */
  readonly opened: readonly (string | null)[];
  readonly journal: readonly JournalEntry[];
  /** What the window was told about screenshots. */
  readonly contentProtection: readonly boolean[];
  readonly quits: readonly 'quit'[];
}

/** A gateway whose own store cannot be looked into. */
const nothingStored: StoredContacts = { read: () => Promise.resolve(fail('absent')) };

/** A system without login items. */
const unavailable: LoginItem = {
  read: () => Promise.resolve(ok(noLoginItem)),
  set: () => Promise.resolve(ok(noLoginItem)),
};

/** A machine that lives in UTC. */
function utcTime(at: number): LocalTime {
  const date = new Date(at);
  return { weekday: date.getUTCDay(), minute: date.getUTCHours() * 60 + date.getUTCMinutes() };
}

/** Connects with the token of the local config once started. */
export function composedApp(keptAside: string | null = null): ComposedApp {
  const timers = new TimersDouble();
  timers.now = startTime;
  const gateway = new PairingGateway();
  gateway.accepted.set('shared', ['operator.admin']);
  const finder = new FinderDouble();
  finder.config = ok({ kind: 'shared-token', token: 'shared' });
  const outside = {
    gateway,
    finder,
    timers,
    secrets: new SecretStoreDouble(),
    notifier: new NotifierDouble(),
    tray: new TrayDouble(),
    power: new PowerDouble(),
    guardInstaller: new GuardInstallerDouble(),
    gatewayConfig: new GatewayConfigFileDouble({}),
    configRecord: new ConfigRecordFileDouble(),
  };
  const written: Settings[] = [];
  const opened: (string | null)[] = [];
  const contentProtection: boolean[] = [];
  const journal: JournalEntry[] = [];
  const asks: AskState[] = [];
  const quits: 'quit'[] = [];
  let issued = 0;
  const app = composeApp({
    ...outside,
    host: { kind: 'browser', platform: 'linux', version: '1.0.0' },
    machineName: 'desk',
    clock: { now: () => timers.now },
    calendar: { localTime: (at) => utcTime(at), dayAndTime: (at) => new Date(at).toUTCString() },
    random: {
      fraction: () => 0.5,
      token: () => {
        issued += 1;
        return `token-${String(issued)}`;
      },
    },
    logger: silentLogger,
    journal: { append: (entries) => void journal.push(...entries), recent: () => [] },
    askHistory: { read: () => asks.at(-1) ?? noAsks, write: (state) => void asks.push(state) },
    loginItem: unavailable,
    storedContacts: nothingStored,
    settings: {
      read: () => ({ settings: defaultSettings, keptAside }),
      write: (settings) => {
        written.push(settings);
        return ok(null);
      },
    },
    window: {
      open: (key) => opened.push(key),
      putAway: () => opened.push('put away'),
      protectContent: (on) => contentProtection.push(on),
    },
    quit: () => quits.push('quit'),
  });
  return { ...outside, app, written, opened, contentProtection, journal, quits };
}
