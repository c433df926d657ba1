/** Request views and tokens that tests of notify and tray share. */
import type { RequestView } from '../../contract/request.ts';
import type { Random } from '../ports.ts';
import type { IncomingRequest } from '../requests/incoming.ts';
import { openInbox } from '../requests/requests.fixture.ts';
import { Activations } from './activation.ts';

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
