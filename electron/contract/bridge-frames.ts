/**
 * The browser host's wire: how a browser tab reaches the app. Types and constants only, free of zod, because the
 * renderer bundles this file; the server parses every frame with its own schema.
 */
import type { PushName } from './api.ts';
import type { Result } from './result.ts';

/** A tab opened with `http://127.0.0.1:PORT/#open=TOKEN` swaps the token for a secret of its own before anything else. */
export const openTokenPrefix = '#open=';

/** The WebSocket, same origin. Nothing comes over it until the tab's first frame, its greeting, was accepted. */
export const bridgePath = '/bridge';

/**
 * SECURITY: who a tab is stands in its first frame and in no cookie, because a browser sends the cookies of 127.0.0.1
 * to every port there, whoever listens.
 */
export type Greeting =
  /** Out of the address this tab was opened with; good once. */
  | { readonly token: string }
  /** Out of an earlier WelcomeFrame; good as long as the app runs. */
  | { readonly secret: string };

/** Answers an accepted greeting, once, before any other frame. Others are closed with `unknownTab`. */
export interface WelcomeFrame {
  /** What this tab greets with from now on, a reload included. */
  readonly secret: string;
}

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

/** `snapshot.changed` comes once right after the welcome, then whole after every change, latest only. */
export interface PushFrame {
  readonly push: PushName;
  /** That push's PushPayload. */
  readonly payload: unknown;
}

export type ServerFrame = WelcomeFrame | ResultFrame | PushFrame;

/** Close codes of the bridge; a tab reconnects after any of them except `unknownTab`, after which it asks to be opened. */
export const bridgeClose = {
  /** The app quits. */
  goingAway: 1001,
  /** Not a JSON client frame. */
  unreadableFrame: 1003,
  /** Too many commands under way, or too many open tabs. */
  tooMuch: 1008,
  /** The greeting was none, or its token or secret is unknown, used or too old. */
  unknownTab: 4001,
} as const;
