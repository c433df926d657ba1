/** Small questions about a request that several parts of the window ask. */
import type { RequestView } from '../../electron/contract/request.ts';

/** Still waiting for an answer, or its answer still waiting for the gateway. */
export function isOpen(view: RequestView): boolean {
  return view.status === 'pending' || view.status === 'submitting' || view.status === 'lost';
}
