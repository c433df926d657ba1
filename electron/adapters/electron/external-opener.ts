/** Opens a web page in the owner's browser: only the few sites the app links to. */
import { shell } from 'electron';
import { appError, fail, ok } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';

/** SECURITY: https only, parsed, host compared whole, no credentials, no port: never another scheme's handler. */
export function externalUrl(text: string, allowedHosts: ReadonlySet<string>): string | null {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || !allowedHosts.has(url.host)) return null;
  return url.username === '' && url.password === '' ? url.href : null;
}

export async function openExternal(text: string, allowedHosts: ReadonlySet<string>): Promise<Result<null>> {
  const url = externalUrl(text, allowedHosts);
  if (url === null) return fail(appError('bad-input', 'Portcullis does not open this address.'));
  try {
    await shell.openExternal(url);
    return ok(null);
  } catch {
    return fail(appError('unsupported', 'No browser could be opened.', true));
  }
}
