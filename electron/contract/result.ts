/** Expected failures are values; a code is what a program branches on, the message is what the owner reads. */
export type Result<T, E = AppError> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export const errorCodes = [
  /** The payload did not match its schema. */
  'bad-input',
  /** The caller is not our own window or a browser tab holding our cookie. */
  'forbidden-sender',
  /** No live, re-read connection to the gateway. */
  'not-connected',
  /** The request is gone: answered, expired or withdrawn. */
  'request-gone',
  /** The request changed since it was shown; look again. */
  'request-changed',
  /** Approve is not armed yet, or the screen is locked. */
  'not-armed',
  /** Someone (or this app) is already answering it. */
  'already-submitting',
  /** Needs a scope we do not hold; confirm the elevation. */
  'elevation-needed',
  /** The elevated connection could not be had. */
  'elevation-failed',
  /** The gateway said no. */
  'gateway-refused',
  /** The gateway did not answer in time. */
  'gateway-timeout',
  /** The connection went away before the answer came. */
  'connection-lost',
  /** The installed gateway does not offer this method. */
  'unsupported',
  /** The OS keychain is locked, absent or not answering. */
  'keychain-unavailable',
  /** Settings could not be written. */
  'settings-not-saved',
  /** The send rules were changed by somebody else meanwhile; look again. */
  'rules-changed',
  /** The send rules would not be valid with this change. */
  'rules-invalid',
  /** The file of the send rules cannot be read; restore or mend it first. */
  'rules-unreadable',
  /** The gateway's config is no longer what the preview was made from. */
  'config-changed',
  /** The gateway's config cannot be edited from here; the sentence says which line to change by hand. */
  'config-not-editable',
  /** Setting up stopped; the sentence says at what. */
  'setup-failed',
  /** The gateway took the message and could not deliver it. */
  'not-delivered',
  /** A bug of ours; details are in the log. */
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface AppError {
  readonly code: ErrorCode;
  /** One calm sentence for the owner: what happened and what to do. */
  readonly message: string;
  readonly retryable: boolean;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

export function appError(code: ErrorCode, message: string, retryable = false): AppError {
  return { code, message, retryable };
}

/** For exhaustive switches: a new union member becomes a compile error here. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
