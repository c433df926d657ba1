/** The ways a secret may look like when it has leaked. */

export interface SecretForm {
  /** Position in the list of secrets; the secret itself is never reported. */
  readonly secret: number;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Anything shorter would be found by chance. */
const shortest = 8;

/** @throws RangeError for a secret too short to look for */
export function formsOf(secrets: readonly string[]): SecretForm[] {
  return secrets.flatMap((value, secret) => {
    if (value.length < shortest) throw new RangeError(`Secret ${String(secret)} is too short to look for.`);
    const spellings = [
      ...Object.entries({
        raw: Buffer.from(value),
        'UTF-16': Buffer.from(value, 'utf16le'),
        'URL-encoded': Buffer.from(encodeURIComponent(value)),
        'form-encoded': Buffer.from(new URLSearchParams({ v: value }).toString().slice(2)),
        'JSON-escaped': Buffer.from(JSON.stringify(value).slice(1, -1)),
        'JSON-escaped twice': Buffer.from(JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1)),
        hex: Buffer.from(Buffer.from(value).toString('hex')),
      }),
      ...[0, 1, 2].flatMap((shift): [string, Buffer][] => {
        const base64 = base64Inside(Buffer.from(value), shift);
        const base64url = base64.replaceAll('+', '-').replaceAll('/', '_');
        return [
          ['base64', Buffer.from(base64)],
          ['base64url', Buffer.from(base64url)],
        ];
      }),
    ];
    return distinct(spellings.map(([form, bytes]) => ({ secret, form, bytes })));
  });
}

/**
 * How the bytes look inside a longer base64 text, where they may start anywhere in a group of three. Characters that
 * also hold bits of the neighbours are left out.
 * @param shift bytes of the group that come before, 0 to 2
 */
function base64Inside(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  const from = Math.ceil((shift * 8) / 6);
  const to = Math.floor(((shift + bytes.length) * 8) / 6);
  return encoded.slice(from, to);
}

/** Most secrets look the same in several forms; the first name wins. */
function distinct(forms: readonly SecretForm[]): SecretForm[] {
  return forms.filter((one, index) => forms.findIndex((other) => other.bytes.equals(one.bytes)) === index);
}
