/** Everything the core knows → the one snapshot that window, tray and notifications show. Pure. */
import type { ConfigWorkView, OwedRestartView } from '../contract/channels.ts';
import type { GuardView } from '../contract/guard/guard-view.ts';
import type { Settings } from '../contract/settings.ts';
import type { SilenceView } from '../contract/silence.ts';
import type { UsedSetupCode } from '../contract/setup-code.ts';
import type { AppSnapshot, ConnectionView, HostView, KeychainView, Notice } from '../contract/snapshot.ts';
import type { NotifierCapabilities } from './ports.ts';
import type { InboxViews } from './requests/request-queue.ts';

/** More cards than this help nobody; `openCount` still tells the truth. */
export const shownRequests = 100;

export interface AppFacts {
  readonly host: HostView;
  readonly connection: ConnectionView;
  readonly requests: InboxViews;
  readonly guard: GuardView;
  readonly silence: SilenceView;
  readonly configWork: ConfigWorkView;
  readonly owedRestart: OwedRestartView | null;
  readonly usedSetupCode: UsedSetupCode | null;
  readonly listsSeq: number;
  readonly keychain: KeychainView;
  readonly notifier: NotifierCapabilities;
  readonly settings: Settings;
  readonly notices: readonly Notice[];
}

export function initialSnapshot(facts: AppFacts, now: number): AppSnapshot {
  return { seq: 0, now, ...shown(facts) };
}

/** @returns the identical snapshot when nothing shown has changed. `seq` and `now` belong to the AppStore. */
export function withFacts(current: AppSnapshot, facts: AppFacts): AppSnapshot {
  const next = shown(facts);
  return isShownBy(current, next) ? current : { ...current, ...next };
}

type Shown = Omit<AppSnapshot, 'seq' | 'now'>;

/** Parts made anew for each look are small and compared by value; the inbox keeps its list until it changes. */
function isShownBy(current: AppSnapshot, next: Shown): boolean {
  return (
    current.host === next.host &&
    current.connection === next.connection &&
    current.requests === next.requests &&
    current.openCount === next.openCount &&
    current.guard === next.guard &&
    current.silence === next.silence &&
    current.configWork === next.configWork &&
    current.owedRestart === next.owedRestart &&
    current.usedSetupCode === next.usedSetupCode &&
    current.listsSeq === next.listsSeq &&
    current.keychain.state === next.keychain.state &&
    current.keychain.sessionOnly === next.keychain.sessionOnly &&
    current.notifications.capability === next.notifications.capability &&
    current.settings === next.settings &&
    current.notices === next.notices
  );
}

function shown(facts: AppFacts): Shown {
  return {
    host: facts.host,
    connection: facts.connection,
    requests: facts.requests.requests,
    openCount: facts.requests.openCount,
    guard: facts.guard,
    silence: facts.silence,
    configWork: facts.configWork,
    owedRestart: facts.owedRestart,
    usedSetupCode: facts.usedSetupCode,
    listsSeq: facts.listsSeq,
    keychain: facts.keychain,
    notifications: { capability: capabilityOf(facts.notifier) },
    settings: facts.settings,
    notices: facts.notices,
  };
}

function capabilityOf(notifier: NotifierCapabilities): AppSnapshot['notifications']['capability'] {
  if (!notifier.shows) return 'none';
  return notifier.actions ? 'buttons' : 'look-here';
}
