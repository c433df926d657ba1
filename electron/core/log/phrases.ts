/**
 * The named patterns of what must not be read in a log, in the order they are applied. Those that begin with a long
 * run look back, so that they try each run once and stay fast over hostile text.
 */

export interface Phrase {
  readonly name: string;
  /** Global. */
  readonly pattern: RegExp;
  /** Gets the match and its groups. */
  readonly replace: (match: string, ...groups: string[]) => string;
}

export const phrases: readonly Phrase[] = [
  {
    name: 'PEM block',
    // Also one whose end is missing.
    pattern: /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g,
    replace: () => '[PEM]',
  },
  {
    name: 'authorization header',
    pattern: /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi,
    replace: (_match, scheme) => `${scheme} [secret]`,
  },
  {
    name: 'user and password in a URL',
    pattern: /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]+@/gi,
    replace: (_match, scheme) => `${scheme}[secret]@`,
  },
  {
    name: 'secret by its name, in a URL, in JSON or in plain words',
    // token=…, "deviceToken":"…", password: …; the name may have a prefix (bootstrapToken, OPENCLAW_GATEWAY_TOKEN).
    pattern:
      /((?:token|password|passwd|passphrase|secret|api_?key|private_?key(?:pem)?|cookie)(?:\\?["'])?\s*[=:]\s*)(\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*'|[^\s"'&,;)}\]]+)/gi,
    replace: (_match, name) => `${name}[secret]`,
  },
  {
    name: 'JSON in base64url: a set-up code, a JSON web token',
    pattern: /(?<![\w-])eyJ[\w-]{20,}(?:\.[\w-]+)*/g,
    replace: (code) => `[secret, ${String(code.length)} characters]`,
  },
  {
    name: 'e-mail or messenger address',
    pattern: /(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g,
    replace: (address) => `[address …${lastThree(address)}]`,
  },
  {
    name: 'phone number',
    // With a plus and the usual punctuation, or a bare run of digits that is not a time in seconds or milliseconds.
    pattern: /\+\d[\d ().-]{5,17}\d|(?<![\w.-])(?!1\d{9}(?!\d)|1\d{12}(?!\d))\d{10,15}(?![\w.-])/g,
    replace: (number) => `[number …${lastThree(number)}]`,
  },
  {
    name: 'long random text',
    pattern: /[\w-]{32,}/g,
    replace: (run) => (looksRandom(run) ? `[secret, ${String(run.length)} characters]` : run),
  },
  {
    name: "somebody's home directory",
    pattern: /(?:\/home\/|\/Users\/|\b[A-Z]:\\Users\\)[^/\\\s:'"]+/g,
    replace: () => '~',
  },
];

function lastThree(text: string): string {
  return text.slice(-3);
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Tokens and keys fall into pieces of one or two characters where digits, small and capital letters meet; names in
 * kebab or camel case into words. Request ids (UUIDs) stay readable, because the log is about them.
 */
function looksRandom(run: string): boolean {
  if (uuid.test(run)) return false;
  if (/^[0-9a-f]+$/i.test(run)) return true;
  const pieces = run.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g)?.length ?? 0;
  return pieces > run.length / 4;
}
