import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets, maskSecrets } from './find-secrets.ts';
import { secretKinds } from './secret-kinds.ts';
import type { SecretKind } from './secret-kinds.ts';
import {
  cardNumbers,
  drawnCharacters,
  githubToken,
  pem,
  privateKey,
  seedPhrases,
  tokenSamples,
} from './secret-samples.fixture.ts';
import { tokenShapes } from './token-shapes.ts';

const found = (text: string, kinds?: readonly SecretKind[]): readonly (readonly [SecretKind, string])[] =>
  findSecrets(text, kinds).map(({ kind, start, end }) => [kind, text.slice(start, end)] as const);

describe('a token', () => {
  it.each(tokenSamples)('of %s is found in a sentence, whole', (_maker, token) => {
    const text = `Use ${token} for it.`;
    expect(maskSecrets(text, ['token']).replace('https://', '')).toBe('Use •••• for it.');
  });

  it.each(tokenSamples)('of %s is told by its maker’s own shape', (maker, token) => {
    const shape = tokenShapes.find((each) => each.maker === maker);
    expect(token.match(shape?.pattern ?? /^$/u)).toHaveLength(1);
  });

  it('of every maker has a sample', () => {
    expect(new Set(tokenSamples.map(([maker]) => maker))).toEqual(
      new Set(tokenShapes.map(({ maker }) => maker)),
    );
  });

  it.each(tokenSamples)('of %s is found glued to other characters', (_maker, token) => {
    const glued = `a0${token}${'x'.repeat(200)}`;
    const [first] = found(glued, ['token']);
    expect(first?.[1]).toContain(token.replace(/^https:../u, ''));
  });

  it.each([
    ['glued to a word', `x${githubToken}`],
    ['after one that is none', `ghp_${'x'.repeat(30)}${githubToken}`],
    ['in an address', `https://me:${githubToken}@example.com/`],
    ['in a variable', `GITHUB_TOKEN=${githubToken};`],
    ['percent-encoded around', `token%3D${githubToken}%26`],
    ['in markup', `**\`${githubToken}\`**`],
  ])('is found %s', (_how, text) => {
    expect(found(text)).toEqual([['token', githubToken]]);
  });
});

describe('a private key', () => {
  it.each([
    ['plain', privateKey],
    ['of a kind', pem('RSA PRIVATE KEY')],
    ['of OpenSSH', pem('OPENSSH PRIVATE KEY')],
    ['of PGP', pem('PGP PRIVATE KEY BLOCK', 'Version: 2')],
    [
      'with a passphrase',
      pem('EC PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF'),
    ],
    ['with Windows line ends', pem('PRIVATE KEY', '', '\r\n')],
    ['in JSON', pem('PRIVATE KEY', '', '\\n')],
    ['of age', `AGE-SECRET-KEY-1${drawnCharacters(58).toUpperCase()}`],
    [
      'of a wallet',
      `xprv${drawnCharacters(200)
        .replaceAll(/[0OIl]/gu, '')
        .slice(0, 107)}`,
    ],
  ])('%s is found whole', (_which, key) => {
    expect(found(`Here: ${key} - done`)).toEqual([['private-key', key]]);
  });

  it('cut off is masked to where it breaks off', () => {
    expect(maskSecrets(`Here: ${privateKey.slice(0, 120)}`)).toBe('Here: ••••');
  });
});

describe('a card number', () => {
  it.each(cardNumbers)('%s is found', (number) => {
    expect(found(`Pay with ${number}, please.`)).toEqual([['card-number', number]]);
  });

  it.each([
    ['with a wrong last digit', '4111111111111112'],
    ['of no issuer', '9111111111111119'],
    ['inside a longer number', '14111111111111111000'],
    ['of a telephone', '+4111111111111111'],
  ])('%s is none', (_which, number) => {
    expect(found(`Call ${number} now`)).toEqual([]);
  });
});

it.each([
  ['a placeholder', `ghp_${'x'.repeat(36)} and sk_live_${'0'.repeat(24)}`],
  [
    'talk about keys',
    'The file starts with -----BEGIN PRIVATE KEY-----, never send it. A token begins with ghp_.',
  ],
  ['a public key', pem('PUBLIC KEY')],
  ['a certificate', pem('CERTIFICATE')],
  ['an address', 'https://github.com/openclaw/openclaw/commit/0123456789abcdef0123456789abcdef01234567'],
  ['numbers', 'Invoice 2026-000123, IBAN AT61 1904 3002 3457 3201, 1,234,567.89 euro, +43 664 1234567'],
])('%s is no secret', (_what, text) => {
  expect(found(text)).toEqual([]);
});

it('only the kinds that are asked for are looked for', () => {
  const text = `${githubToken} ${privateKey} ${cardNumbers[0]} ${seedPhrases[0]}`;
  expect(found(text).map(([kind]) => kind)).toEqual(['token', 'private-key', 'card-number', 'seed-phrase']);
  for (const kind of secretKinds) expect(found(text, [kind]).map(([each]) => each)).toEqual([kind]);
  expect(found(text, [])).toEqual([]);
});

/** Beginnings of everything that is looked for, over and over: where a search could lose itself. */
const teasing = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...tokenSamples.map(([, token]) => token),
        ...tokenSamples.map(([, token]) => token.slice(0, 12)),
        ...[
          '-----BEGIN PRIVATE KEY-----',
          '-----END ',
          'sk-',
          'ghs_1_',
          'T3BlbkFJ',
          '4111 ',
          '4-',
          `${seedPhrases[0]} `,
          'abandon ',
          'A',
          '\n',
        ],
      ),
      fc.string({ maxLength: 40 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

it('what is found is apart and in order, and nothing of it is left when it is masked', () => {
  fc.assert(
    fc.property(teasing, (text) => {
      let before = 0;
      for (const { start, end } of findSecrets(text)) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeGreaterThan(start);
        before = end;
      }
      const masked = maskSecrets(text);
      // A row of digits is a card number only by itself.
      for (const [, secret] of found(text, ['token', 'private-key'])) expect(masked).not.toContain(secret);
    }),
  );
});

it('a secret is found whatever stands around it', () => {
  const around = fc.string({ maxLength: 200 }).filter((text) => !/[A-Za-z0-9_-]$/u.test(text));
  fc.assert(
    fc.property(
      around,
      fc.constantFrom(...tokenSamples, ['', privateKey] as const),
      fc.string(),
      (before, [, secret], after) => {
        expect(findSecrets(`${before}${secret} ${after}`).length).toBeGreaterThan(0);
      },
    ),
  );
});
