/** Builds the guard's part of the app: what is known of it, its rules, and setting it up. */
import type { JournalFact } from '../contract/journal.ts';
import type { Call } from '../core/gateway/calls.ts';
import { GuardCalls } from '../core/guard/guard-calls.ts';
import { createGuardHandlers, type GuardHandlers } from '../core/guard/guard-commands.ts';
import { GuardKeeper } from '../core/guard/guard-keeper.ts';
import { GuardNotices } from '../core/guard/guard-notices.ts';
import { GuardRules } from '../core/guard/guard-rules.ts';
import { GuardSetup } from '../core/guard/guard-setup.ts';
import type { JournalRecorder } from '../core/journal/recorder.ts';
import type { Notices } from '../core/notices.ts';
import type { GatewayEvent } from '../core/ports.ts';
import type { AppParts } from './app.ts';

export interface GuardComposition {
  readonly keeper: GuardKeeper;
  readonly rules: GuardRules;
  readonly handlers: GuardHandlers;
  event(event: GatewayEvent): void;
  /** The connection is ready. */
  ready(): void;
  stop(): Promise<void>;
}

export interface GuardOutside {
  readonly parts: Pick<AppParts, 'clock' | 'timers' | 'random' | 'logger' | 'power' | 'guardInstaller'>;
  readonly notices: Notices;
  readonly request: Call;
  readonly connection: { readonly isReady: () => boolean; readonly isLocal: () => boolean };
  readonly recorder: JournalRecorder;
  readonly onChange: () => void;
  /** See `GuardKeeper`. */
  readonly onOffer: () => void;
  readonly onGone: () => void;
}

export function composeGuard({
  parts,
  notices,
  request,
  connection,
  recorder,
  ...news
}: GuardOutside): GuardComposition {
  const { clock, timers, random, logger, power, guardInstaller: installer } = parts;
  const { isReady, isLocal } = connection;
  const screenLocked = (): boolean => power.screenLocked;
  const note = (fact: JournalFact): void => {
    recorder.note(fact);
  };
  const calls = new GuardCalls(request);
  const keeper = new GuardKeeper({
    ...news,
    calls,
    installer,
    timers,
    logger,
    isLocal,
    notices: new GuardNotices(notices, news.onChange),
  });
  const rules = new GuardRules({
    calls,
    screenLocked,
    note,
    onStored: (policy) => {
      keeper.rulesStored(policy);
    },
  });
  const setup = new GuardSetup({
    calls,
    request,
    installer,
    isLocal,
    clock,
    timers,
    random,
    logger,
    screenLocked,
    note,
    connected: isReady,
    lookAgain: async () => keeper.look(),
    onView: (view) => {
      keeper.showSetup(view);
    },
  });
  return {
    keeper,
    rules,
    handlers: createGuardHandlers({ rules, setup, calls, installer, isLocal, region: () => keeper.region }),
    event(event) {
      keeper.event(event);
      if (event.name === 'config.changed') setup.nudge();
    },
    ready() {
      setup.nudge();
    },
    async stop() {
      keeper.disconnected();
      await setup.stop();
    },
  };
}
