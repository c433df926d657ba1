/** Request views and tokens that tests of notify and tray share. */
import type { RequestView } from '../../contract/request.ts';
import type { Random } from '../ports.ts';
import type { IncomingRequest } from '../requests/incoming.ts';
import { openInbox } from '../requests/requests.fixture.ts';
import { defaultSettings } from '../../contract/settings.ts';
import { Activations } from './activation.ts';
import { NotificationPlanner, type PlanInput } from './plan.ts';

/** Tokens t1, t2, … in order of issue. */
export function countingActivations(): Activations {
  let issued = 0;
  const random: Random = {
    fraction: () => 0,
    token: () => {
      issued += 1;
      return `t${String(issued)}`;
    },
  };
  return new Activations(random);
}

/** As the inbox shows it. */
export function viewOf(request: IncomingRequest, more: Partial<RequestView> = {}): RequestView {
  const { inbox } = openInbox();
  inbox.applyRequested(request);
  const view = inbox.get(request.key);
  if (view === null) throw new Error(`No view of ${request.key}`);
  return { ...view, ...more } as RequestView;
}

const buttons = { shows: true, actions: true, fixedTextOnly: false };
export const shown = { ...defaultSettings.notifications, hideSendText: false };
export const ids = ['c1', 'c2', 'c3', 'c4'];

export function input(requests: readonly RequestView[], more: Partial<PlanInput> = {}): PlanInput {
  return {
    requests,
    openCount: requests.filter(({ outcome, status }) => outcome === null && status !== 'expired').length,
    settings: shown,
    capabilities: buttons,
    ready: true,
    quiet: false,
    alarm: null,
    isBackedOff: () => false,
    ...more,
  };
}

export function planner(): { readonly planner: NotificationPlanner; readonly activations: Activations } {
  const activations = countingActivations();
  return { planner: new NotificationPlanner(activations), activations };
}

export function shownIds(plan: ReturnType<NotificationPlanner['plan']>): readonly string[] {
  return plan.show.map(({ id }) => id);
}
