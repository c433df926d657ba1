/** Builds what decides which notifications the owner gets, and shows them. No logic of its own. */
import type { JournalFact } from '../contract/journal.ts';
import type { AppSnapshot } from '../contract/snapshot.ts';
import type { Notices } from '../core/notices.ts';
import { Activations } from '../core/notify/activation.ts';
import { Announcer } from '../core/notify/announcer.ts';
import { NotificationPlanner } from '../core/notify/plan.ts';
import { Strangers } from '../core/strangers/strangers.ts';
import type { AppParts } from './app.ts';

export interface NotificationMakings {
  readonly parts: Pick<
    AppParts,
    'askHistory' | 'calendar' | 'clock' | 'logger' | 'notifier' | 'random' | 'timers'
  >;
  readonly notices: Notices;
  readonly note: (fact: JournalFact) => void;
  /** Stable name of the connected gateway; empty while there is none. */
  readonly gatewayId: () => string;
  readonly snapshot: () => AppSnapshot;
  readonly onChange: () => void;
}

export interface NotificationComposition {
  readonly strangers: Strangers;
  /** Tokens of notifications and tray. */
  readonly activations: Activations;
  readonly announcer: Announcer;
}

export function composeNotifications(makings: NotificationMakings): NotificationComposition {
  const { parts, notices, note, gatewayId, snapshot, onChange } = makings;
  const { askHistory, calendar, clock, logger, notifier, random, timers } = parts;
  const strangers = new Strangers({
    file: askHistory,
    clock,
    notices,
    note,
    gateway: gatewayId,
    onChange,
  });
  const activations = new Activations(random);
  const planner = new NotificationPlanner(activations);
  const announcer = new Announcer({
    notifier,
    planner,
    timers,
    clock,
    calendar,
    logger,
    snapshot,
    strangers,
  });
  return { strangers, activations, announcer };
}
