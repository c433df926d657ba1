/** How this window reaches the app: the contract's bridge plus whether the way to the app is open right now. */
import type { Bridge } from '../../electron/contract/api.ts';

export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  /** Was or will be open; tried again at `retryAt` (epoch ms). */
  | { readonly state: 'lost'; readonly retryAt: number }
  /** The app does not know this browser tab. */
  | { readonly state: 'not-authorised' };

export interface HostLink {
  readonly bridge: Bridge;
  getState(): LinkState;
  /** @returns a function that stops listening */
  subscribe(listener: () => void): () => void;
}
