import type { ChannelPlan, ChannelPlanInput, ChannelsView, ConfigHistoryEntry } from './channels.ts';
import type {
  ContactView,
  GuardSetupInput,
  GuardSetupPlan,
  RulesView,
  SelfTestView,
  UnderstoodAddress,
} from './guard/guard-view.ts';
import type { RuleAccount, RuleChange } from './guard/rule-change.ts';
import type { SendAnswer } from './guard/send-answer.ts';
import type { LoginItemView } from './login-item.ts';
import type {
  PeopleView,
  RemoveContactInput,
  RemovedDevices,
  RemoveDevicesInput,
  RenameInput,
  RevokeTokenInput,
} from './people.ts';
import type { Result } from './result.ts';
import type { ExportedSettings, ImportPlan } from './settings-transfer.ts';
import type { SettingsPatch } from './settings.ts';
import type { SilencePlan, SilencePlanInput } from './silence.ts';
import type { SetupCodeAnswer, SetupCodeInput } from './setup-code.ts';
import type { AppSnapshot } from './snapshot.ts';

/** Phantom types: the table is data at run time and types at compile time. */
interface Command<Input, Output> {
  readonly kind: 'command';
  readonly types?: { readonly input: Input; readonly output: Output };
}
interface Push<Payload> {
  readonly kind: 'push';
  readonly types?: { readonly payload: Payload };
}
function command<Input, Output>(): Command<Input, Output> {
  return { kind: 'command' };
}
function push<Payload>(): Push<Payload> {
  return { kind: 'push' };
}

export interface DecideInput {
  readonly key: string;
  /** The revision the owner looked at. */
  readonly revision: number;
}
export interface ApproveInput extends DecideInput {
  /** The owner has read and confirmed the elevation this request needs. */
  readonly elevate: boolean;
  /** Chat contacts only: tell the contact. */
  readonly notifyContact: boolean;
}

export interface ClearedRequests {
  readonly cleared: number;
  readonly failed: number;
}

export interface SendAnswerInput extends DecideInput {
  readonly answer: SendAnswer;
}

/**
 * Every call from a window to the app, declared once. Preload, IPC server, WebSocket bridge and test doubles are
 * derived from this table; `schemas.ts` must hold a schema for each or nothing compiles.
 */
export const commands = {
  'snapshot.get': command<undefined, AppSnapshot>(),
  'request.approve': command<ApproveInput, null>(),
  'request.deny': command<DecideInput, null>(),
  /**
   * Denies the chat contacts shown, one after the other: clears a waiting list.
   * @returns how many are denied, and how many could not be
   */
  'requests.clearOld': command<{ readonly requests: readonly DecideInput[] }, ClearedRequests>(),
  /** The owner's answer to a stopped message. */
  'send.answer': command<SendAnswerInput, null>(),
  /** The whole text of a stopped message, made safe to show, never cut. */
  'send.text': command<DecideInput, { readonly text: string; readonly altered: boolean }>(),
  /** Stop every message on every channel, or let the rules decide again. */
  'guard.pause': command<{ readonly paused: boolean }, null>(),
  'guard.rules': command<undefined, RulesView>(),
  /** @returns the new rules, and the change that takes this one back exactly */
  'guard.changeRules': command<
    { readonly revision: number; readonly change: RuleChange },
    { readonly rules: RulesView; readonly undo: RuleChange }
  >(),
  /** Put the last readable rules back in place of a damaged file, which is kept aside. */
  'guard.restoreRules': command<undefined, RulesView>(),
  'guard.understand': command<
    RuleAccount & { readonly to: string; readonly region: string | null },
    UnderstoodAddress
  >(),
  'guard.contacts': command<RuleAccount, readonly ContactView[]>(),
  'guard.planSetup': command<GuardSetupInput, GuardSetupPlan>(),
  /** Starts it; progress and result are in the snapshot. */
  'guard.applySetup': command<{ readonly id: string }, null>(),
  'guard.selfTest': command<undefined, SelfTestView>(),
  /** The one place a set-up code travels through. While it is shown the window is kept out of screenshots. */
  'setupCode.create': command<SetupCodeInput, SetupCodeAnswer>(),
  /** The window shows no code any more. */
  'setupCode.forget': command<undefined, null>(),
  /** @param elevate also the devices and nodes the gateway hides from a connection without administrator rights */
  'people.list': command<{ readonly elevate: boolean }, PeopleView>(),
  'people.removeContact': command<RemoveContactInput, null>(),
  'people.removeDevices': command<RemoveDevicesInput, RemovedDevices>(),
  /** The device stays in the list and has to pair again before it can connect. */
  'people.revokeToken': command<RevokeTokenInput, null>(),
  'people.rename': command<RenameInput, null>(),
  /** Replaces this Portcullis' own device token; the connection is made anew. */
  'people.rotateOwnToken': command<undefined, null>(),
  /** Denies a chat contact's request and blocks them: later requests are dismissed without asking. */
  'people.blockRequest': command<DecideInput, null>(),
  'people.unblock': command<{ readonly channel: string; readonly to: string }, null>(),
  /** What switching one iMessage account would do, exactly. */
  'silence.plan': command<SilencePlanInput, SilencePlan>(),
  /** Starts it; progress and result are in the snapshot. @param confirmed the owner read what strangers will receive */
  'silence.apply': command<{ readonly id: string; readonly confirmed: boolean }, null>(),
  /**
   * Starts putting the config back exactly as it was before the switch; progress is in the snapshot.
   * @param confirmed the owner read that strangers will be answered again, or let in
   */
  'silence.undo': command<{ readonly account: string; readonly confirmed: boolean }, null>(),
  'channels.list': command<undefined, ChannelsView>(),
  'channels.plan': command<ChannelPlanInput, ChannelPlan>(),
  /** Starts it; progress and result are in the snapshot (`configWork`). */
  'channels.apply': command<{ readonly id: string; readonly confirmed: boolean }, null>(),
  /** Every edit Portcullis made to the gateway's config, newest first. */
  'channels.history': command<undefined, readonly ConfigHistoryEntry[]>(),
  /**
   * Starts taking that edit back; progress and result are in the snapshot (`configWork`).
   * @param confirmed the owner read that strangers will be answered again, or let in
   */
  'channels.undo': command<{ readonly id: string; readonly confirmed: boolean }, null>(),
  /**
   * Starts asking the gateway for the restart it owes; progress and result are in the snapshot (`owedRestart`).
   * @param confirmed the owner read which rights this takes
   */
  'gateway.restart': command<{ readonly confirmed: boolean }, null>(),
  /** The owner looks at the window: ask the gateway for what it does not announce. */
  'requests.refresh': command<undefined, null>(),
  'connection.retry': command<undefined, null>(),
  /** Store a gateway token the owner typed; it goes to the keychain and is never sent back. */
  'connection.setToken': command<{ readonly token: string }, null>(),
  /** Go on without the keychain until the app quits. */
  'keychain.useSession': command<undefined, null>(),
  'settings.patch': command<SettingsPatch, null>(),
  'settings.export': command<undefined, ExportedSettings>(),
  /** What the settings in this text would change. Nothing is changed by asking. */
  'settings.planImport': command<{ readonly text: string }, ImportPlan>(),
  /** Puts them in place of all settings of this Portcullis. */
  'settings.import': command<{ readonly text: string }, null>(),
  'loginItem.read': command<undefined, LoginItemView>(),
  /** @returns what holds now */
  'loginItem.set': command<{ readonly on: boolean }, LoginItemView>(),
  'notice.dismiss': command<{ readonly id: string }, null>(),
  'app.quit': command<undefined, null>(),
} as const;

/** Every message from the app to its windows. */
export const pushes = {
  'snapshot.changed': push<AppSnapshot>(),
  /** Bring this request into view (a notification or the tray was clicked); null: the page of all of them. */
  'request.focus': push<{ readonly key: string | null }>(),
} as const;

export type CommandName = keyof typeof commands;
export type PushName = keyof typeof pushes;
export type CommandInput<K extends CommandName> = NonNullable<(typeof commands)[K]['types']>['input'];
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
