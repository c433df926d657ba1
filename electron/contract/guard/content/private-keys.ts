/** Private keys in a text, or in a file by what such files are called. */
import type { Span } from './span.ts';

const opening = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d: /gu;
const closing = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: [0-9a-f]{40,64}/u;
/** The first line of the key itself; before it there may be a few lines about it. */
const content = /[A-Za-z0-9+/]{40}/u;
const linesBefore = 600;
const longest = 20_000;

/** Keys that are one word. */
const words = /AGE-SECRET-KEY-1[A-Z0-9]{58}|[xyz]prv[1-9A-HJ-NP-Za-km-z]{107}/gu;

/**
 * As SSH, PuTTY and the exports of certificate stores name theirs; `.pem` may as well be a certificate. OpenClaw sends
 * a copy whose name goes on with an id.
 */
const fileName =
  /(?:^|[\\/])(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:---[0-9a-f-]{36})?|[^\\/]{0,200}\.(?:ppk|p12|pfx))$/iu;

export function privateKeysIn(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { index, 0: head } of text.matchAll(opening)) {
    // The rest of a key that was found already.
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const from = index + head.length;
    const body = text.slice(from, from + longest);
    if (!content.test(body.slice(0, linesBefore))) continue;
    const end = closing.exec(body);
    found.push({ start: index, end: from + (end === null ? body.length : end.index + end[0].length) });
  }
  for (const { index, 0: word } of text.matchAll(words))
    found.push({ start: index, end: index + word.length });
  return found;
}

export function isPrivateKeyFile(name: string): boolean {
  return fileName.test(name) || fileName.test(pathOfAddress(name));
}

/** `file:///home/me/.ssh/id%5Frsa` is a file of that name. */
function pathOfAddress(name: string): string {
  if (!/^file:/iu.test(name)) return name;
  try {
    return decodeURIComponent(name.replace(/[?#].*$/su, ''));
  } catch {
    return name;
  }
}
