/** Picks the way to the app: the desktop preload's bridge when there is one, else the browser host's WebSocket. */
import type { Bridge } from '../../electron/contract/api.ts';
import { WebSocketLink } from './bridge-websocket.ts';
import type { HostLink, LinkState } from './host-link.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser tab. */
    readonly portcullis?: Bridge;
  }
}

const alwaysOpen: LinkState = { state: 'open' };

export function openHostLink(): HostLink {
  if (window.portcullis !== undefined) return preloadLink(window.portcullis);
  const link = new WebSocketLink();
  link.start();
  return link;
}

/** The preload's IPC lives exactly as long as the window, so this link never closes. */
export function preloadLink(bridge: Bridge): HostLink {
  return { bridge, getState: () => alwaysOpen, subscribe: () => () => undefined };
}
