/** The app as its windows see it: what the IPC server and the WebSocket bridge need, and nothing more. */
import type { CommandHandlers } from './api.ts';
import type { Stop } from './listeners.ts';
import type { AppSnapshot } from './snapshot.ts';

export interface ServedApp {
  readonly handlers: CommandHandlers;
  snapshot(): AppSnapshot;
  onSnapshot(listener: (snapshot: AppSnapshot) => void): Stop;
  /** The window should bring this request into view; null: the page of all of them, from its top. */
  onFocus(listener: (key: string | null) => void): Stop;
}
