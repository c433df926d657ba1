/**
 * The browser host's wire: how a browser tab reaches the app. Types and constants only, free of zod, because the
 * renderer bundles this file; the server parses every frame with its own schema.
 */
import type { PushName } from './api.ts';
import type { Result } from './result.ts';

/** A tab opened with `http://127.0.0.1:PORT/#open=TOKEN` swaps the token for a cookie before anything else. */
export const openTokenPrefix = '#open=';

/**
 * `POST` a SessionRequest as JSON: 204 sets the cookie, 401 means the token is unknown, used or too old.
 * `GET` asks whether this browser holds a cookie: 204 yes, 401 no.
 */
export const sessionPath = '/session';
export interface SessionRequest {
  readonly token: string;
}

/** The WebSocket, same origin. An upgrade without the cookie is refused with 401. */
export const bridgePath = '/bridge';

/**
 * A larger frame from a tab closes its socket with 1009. Only tabs the owner let in are listened to at all, and the
 * longest list one command may carry, all contacts of an account as rules, needs almost 2 MiB.
 */
export const maxClientFrameBytes = 4 * 1024 * 1024;

export interface ClientFrame {
  /** Chosen by the tab, unique per socket; comes back in the answer. */
  readonly id: number;
  readonly command: string;
  /** Left out for commands without input. */
  readonly input?: unknown;
}

export interface ResultFrame {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** `snapshot.changed` comes once right after the socket opened, then whole after every change, latest only. */
export interface PushFrame {
  readonly push: PushName;
  /** That push's PushPayload. */
  readonly payload: unknown;
}

export type ServerFrame = ResultFrame | PushFrame;

/** Close codes of the bridge; a tab reconnects after any of them except `unreadable-frame`, which is a bug. */
export const bridgeClose = {
  /** The app quits. */
  goingAway: 1001,
  /** Not a JSON client frame. */
  unreadableFrame: 1003,
  /** Too many commands under way, or too many open tabs. */
  tooMuch: 1008,
} as const;
