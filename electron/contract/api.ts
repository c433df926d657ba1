import type { ChannelPlan, ChannelsView, ConfigHistoryEntry } from './channels.ts';
import type {
  ContactView,
  GuardSetupPlan,
  RulesView,
  SelfTestView,
  UnderstoodAddress,
} from './guard/guard-view.ts';
import type { RuleChange } from './guard/rule-change.ts';
import type { LoginItemView } from './login-item.ts';
import type { Parsed } from './parsed.ts';
import type { PeopleView, RemovedDevices } from './people.ts';
import type { WholeText } from './request.ts';
import type { Result } from './result.ts';
import type { commandSchemas } from './schemas.ts';
import type { ExportedSettings, ImportPlan } from './settings-transfer.ts';
import type { SilencePlan } from './silence.ts';
import type { SetupCodeAnswer } from './setup-code.ts';
import type { AppSnapshot } from './snapshot.ts';

/** Phantom types: the table is data at run time and types at compile time. */
interface Command<Output> {
  readonly kind: 'command';
  readonly types?: { readonly output: Output };
}
interface Push<Payload> {
  readonly kind: 'push';
  readonly types?: { readonly payload: Payload };
}
function command<Output>(): Command<Output> {
  return { kind: 'command' };
}
function push<Payload>(): Push<Payload> {
  return { kind: 'push' };
}

export interface ClearedRequests {
  readonly cleared: number;
  readonly failed: number;
}

/**
 * Every call from a window to the app, and what it answers. Preload, IPC server, WebSocket bridge and test doubles are
 * derived from this table. What each takes is in `schemas.ts`, apart from here because preload and window are free of
 * zod; a command that stands in one of the two only does not compile.
 */
export const commands = {
  'snapshot.get': command<AppSnapshot>(),
  'request.approve': command<null>(),
  'request.deny': command<null>(),
  /**
   * Denies the chat contacts shown, one after the other: clears a waiting list.
   * @returns how many are denied, and how many could not be
   */
  'requests.clearOld': command<ClearedRequests>(),
  /** The owner's answer to a stopped message. */
  'send.answer': command<null>(),
  'send.text': command<WholeText>(),
  /** Stop every message on every channel, or let the rules decide again. */
  'guard.pause': command<null>(),
  'guard.rules': command<RulesView>(),
  /** @returns the new rules, and the change that takes this one back exactly */
  'guard.changeRules': command<{ readonly rules: RulesView; readonly undo: RuleChange }>(),
  /** Put the last readable rules back in place of a damaged file, which is kept aside. */
  'guard.restoreRules': command<RulesView>(),
  'guard.understand': command<UnderstoodAddress>(),
  'guard.contacts': command<readonly ContactView[]>(),
  'guard.planSetup': command<GuardSetupPlan>(),
  /** Starts it; progress and result are in the snapshot. */
  'guard.applySetup': command<null>(),
  'guard.selfTest': command<SelfTestView>(),
  /** The one place a set-up code travels through. While it is shown the window is kept out of screenshots where it can be. */
  'setupCode.create': command<SetupCodeAnswer>(),
  /** The window shows no code any more. */
  'setupCode.forget': command<null>(),
  /** @param elevate also the devices and nodes the gateway hides from a connection without administrator rights */
  'people.list': command<PeopleView>(),
  'people.removeContact': command<null>(),
  'people.removeDevices': command<RemovedDevices>(),
  /** The device stays in the list and has to pair again before it can connect. */
  'people.revokeToken': command<null>(),
  'people.rename': command<null>(),
  /** Replaces this Portcullis' own device token; the connection is made anew. */
  'people.rotateOwnToken': command<null>(),
  /** Denies a chat contact's request and blocks them: later requests are dismissed without asking. */
  'people.blockRequest': command<null>(),
  'people.unblock': command<null>(),
  /** What switching one iMessage account would do, exactly. */
  'silence.plan': command<SilencePlan>(),
  /** Starts it; progress and result are in the snapshot. @param confirmed the owner read what strangers will receive */
  'silence.apply': command<null>(),
  /**
   * Starts putting the config back exactly as it was before the switch; progress is in the snapshot.
   * @param confirmed the owner read that strangers will be answered again, or let in
   */
  'silence.undo': command<null>(),
  'channels.list': command<ChannelsView>(),
  'channels.plan': command<ChannelPlan>(),
  /** Starts it; progress and result are in the snapshot (`configWork`). */
  'channels.apply': command<null>(),
  /** Every edit Portcullis made to the gateway's config, newest first. */
  'channels.history': command<readonly ConfigHistoryEntry[]>(),
  /**
   * Starts taking that edit back; progress and result are in the snapshot (`configWork`).
   * @param confirmed the owner read that strangers will be answered again, or let in
   */
  'channels.undo': command<null>(),
  /**
   * Starts asking the gateway for the restart it owes; progress and result are in the snapshot (`owedRestart`).
   * @param confirmed the owner read which rights this takes
   */
  'gateway.restart': command<null>(),
  /** The owner looks at the window: ask the gateway for what it does not announce. */
  'requests.refresh': command<null>(),
  'connection.retry': command<null>(),
  /** Store a gateway token the owner typed; it goes to the keychain and is never sent back. */
  'connection.setToken': command<null>(),
  /** Go on without the keychain until the app quits. */
  'keychain.useSession': command<null>(),
  'settings.patch': command<null>(),
  'settings.export': command<ExportedSettings>(),
  /** What the settings in this text would change. Nothing is changed by asking. */
  'settings.planImport': command<ImportPlan>(),
  /** Puts them in place of all settings of this Portcullis. */
  'settings.import': command<null>(),
  'loginItem.read': command<LoginItemView>(),
  /** @returns what holds now */
  'loginItem.set': command<LoginItemView>(),
  'notice.dismiss': command<null>(),
  /** The owner is done with the window: a popover goes away, any other stays. */
  'window.putAway': command<null>(),
  'app.quit': command<null>(),
} as const satisfies { readonly [K in keyof typeof commandSchemas]: Command<unknown> };

/** Every message from the app to its windows. */
export const pushes = {
  'snapshot.changed': push<AppSnapshot>(),
  /** Bring this request into view (a notification or the tray was clicked); null: the page of all of them. */
  'request.focus': push<{ readonly key: string | null }>(),
} as const;

export type CommandName = keyof typeof commands;
export type PushName = keyof typeof pushes;
type CommandInputs = { readonly [K in CommandName]: Parsed<(typeof commandSchemas)[K]> };
export type CommandInput<K extends CommandName> = CommandInputs[K];
export type CommandOutput<K extends CommandName> = NonNullable<(typeof commands)[K]['types']>['output'];
export type PushPayload<K extends PushName> = NonNullable<(typeof pushes)[K]['types']>['payload'];

/** What the main side implements, one per command. */
export type CommandHandlers = {
  readonly [K in CommandName]: (input: CommandInput<K>) => Promise<Result<CommandOutput<K>>>;
};

/** What a window gets: `window.portcullis` in Electron, a WebSocket in the browser host. */
export interface Bridge {
  invoke<K extends CommandName>(name: K, input: CommandInput<K>): Promise<Result<CommandOutput<K>>>;
  /** @returns a function that stops listening */
  on<K extends PushName>(name: K, listener: (payload: PushPayload<K>) => void): () => void;
}

export const commandNames = Object.keys(commands) as readonly CommandName[];
export const pushNames = Object.keys(pushes) as readonly PushName[];

/** IPC channel names carry a prefix so that nothing else on the bus can be mistaken for ours. */
export function channelOf(name: CommandName | PushName): string {
  return `portcullis:${name}`;
}
