import { describe, expect, it } from 'vitest';
import { checkAccount, checkSecret } from './item.ts';

const fine = { ok: true, value: null };
const refused = (message: string) => ({ ok: false, error: { code: 'bad-input', message, retryable: false } });

describe('the name of a keychain item', () => {
  it.each(['0123456789abcdef/device-token', 'a/b', `${'g'.repeat(100)}/identity_2`])(
    'may be %s',
    (account) => {
      expect(checkAccount(account)).toEqual(fine);
    },
  );

  it.each([
    '',
    'canary',
    '/item',
    'gateway/',
    'a/b/c',
    'gate.way/item',
    'gateway/it em',
    `${'g'.repeat(101)}/i`,
  ])('may not be "%s"', (account) => {
    expect(checkAccount(account)).toEqual(refused('This keychain item has an unusable name.'));
  });
});

describe('a secret for the keychain', () => {
  it.each([
    { what: 'one character', value: 'x' },
    { what: '1200 characters', value: 'x'.repeat(1200) },
    { what: 'line breaks and other letters', value: 'ä\n🔐' },
  ])('may be $what', ({ value }) => {
    expect(checkSecret(value)).toEqual(fine);
  });

  it.each([
    { what: 'empty', value: '', message: 'An empty secret cannot be stored in the keychain.' },
    {
      what: '1201 characters long',
      value: 'x'.repeat(1201),
      message: 'This secret is too long for the keychain (at most 1200 characters).',
    },
    {
      what: '1202 UTF-16 units in 601 characters',
      value: '🔐'.repeat(601),
      message: 'This secret is too long for the keychain (at most 1200 characters).',
    },
    { what: 'with a NUL', value: 'a\0b', message: 'This secret has characters the keychain cannot hold.' },
    {
      what: 'half a character',
      value: 'a\ud83d',
      message: 'This secret has characters the keychain cannot hold.',
    },
  ])('may not be $what', ({ value, message }) => {
    expect(checkSecret(value)).toEqual(refused(message));
  });
});
