/** Checks frames from the browser host by hand: a schema library would double the size of this window. */
import type { PushName } from '../../electron/contract/api.ts';
import { pushNames } from '../../electron/contract/api.ts';
import type { ServerFrame } from '../../electron/contract/bridge-frames.ts';
import type { Result } from '../../electron/contract/result.ts';

/** @returns null for anything that is not a frame of ours */
export function parseServerFrame(data: unknown): ServerFrame | null {
  const frame = typeof data === 'string' ? parseJson(data) : null;
  if (!isRecord(frame)) return null;
  const { id, result, push, payload, secret } = frame;
  if (typeof id === 'number' && isResult(result)) return { id, result };
  // The server is our own and checks what it sends; the payload's inside is taken at its word.
  if (isPushName(push) && isRecord(payload)) return { push, payload };
  if (typeof secret === 'string') return { secret };
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isResult(value: unknown): value is Result<unknown> {
  if (!isRecord(value)) return false;
  const { ok, error } = value;
  if (ok === true) return true;
  return (
    ok === false &&
    isRecord(error) &&
    typeof error['code'] === 'string' &&
    typeof error['message'] === 'string'
  );
}

function isPushName(value: unknown): value is PushName {
  return pushNames.some((name) => name === value);
}
