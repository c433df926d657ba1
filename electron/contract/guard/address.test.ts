import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disguisesOf, nationalNumber, spellingsOf } from './address-spellings.arbitrary.ts';
import {
  addressKey,
  allowableAddress,
  canonicalRecipient,
  normaliseAddress,
  personAddress,
  personKey,
} from './address.ts';

const us = { channel: 'imessage', region: 'US' };

describe('spellings of one recipient', () => {
  it.each([
    ['+15551230001', '+15551230001'],
    ['(555) 123-0001', '+15551230001'],
    ['555.123.0001', '+15551230001'],
    ['1 555 123 0001', '+15551230001'],
    ['+1 (555) 123‑0001', '+15551230001'],
    ['+5215555550123', '+5215555550123'],
    ['+262966', 'short:262966'],
    ['011 43 664 1234567', '+436641234567'],
    ['iMessage:+15551230001', '+15551230001'],
    ['imessage:sms: +15551230001', '+15551230001'],
    ['tel:+1-555-123-0001', '+15551230001'],
    ['iMessage;-;+15551230001', '+15551230001'],
    ['SMS;-;+15551230001', '+15551230001'],
    ['chat_guid:any;-;+15551230001', '+15551230001'],
    ['chat_identifier:+15551230001', '+15551230001'],
    ['Bob.Smith@Example.COM', 'bob.smith@example.com'],
    ['mailto:bob.smith@example.com', 'bob.smith@example.com'],
    ['imessage;-;BOB.SMITH@example.com', 'bob.smith@example.com'],
    ['chat_id:11', 'chat_id:11'],
    ['ChatId: 0011', 'chat_id:11'],
    ['chat:11', 'chat_id:11'],
    ['iMessage;+;chat831551415676550949', 'group:chat831551415676550949'],
    ['chat_guid:any;+;CHAT831551415676550949', 'group:chat831551415676550949'],
    ['chat_identifier:chat831551415676550949', 'group:chat831551415676550949'],
    ['0123456789ABCDEF0123456789abcdef', 'group:0123456789abcdef0123456789abcdef'],
    ['72345', 'short:72345'],
    ['bob@exämple.com', 'bob@xn--exmple-cua.com'],
  ])('%s is %s', (spelling, key) => {
    expect(addressKey(spelling, us)).toBe(key);
  });

  it.each([
    ['0664 1234567', 'AT', '+436641234567'],
    ['0043 664 1234567', 'AT', '+436641234567'],
    ['06 12345678', 'IT', '+390612345678'],
    ['020 7946 0018', 'GB', '+442079460018'],
  ])('a national number needs its country: %s in %s is %s', (spelling, region, key) => {
    expect(addressKey(spelling, { channel: 'imessage', region })).toBe(key);
  });

  it('knows the spellings of other channels', () => {
    const cases: [string, string][] = [
      ['whatsapp', '15551230001@s.whatsapp.net'],
      ['whatsapp', '15551230001:7@c.us'],
      ['whatsapp', '15551230001'],
      ['whatsapp', 'whatsapp:+15551230001'],
      ['signal', 'signal:+1 555 123 0001'],
      ['telegram', 'telegram:@Some_Name'],
      ['discord', '175928847299117063'],
      ['slack', 'slack:C024BE91L'],
    ];
    expect(cases.map(([channel, spelling]) => addressKey(spelling, { channel, region: null }))).toEqual([
      '+15551230001',
      '+15551230001',
      '+15551230001',
      '+15551230001',
      '+15551230001',
      '@some_name',
      'id:175928847299117063',
      'id:C024BE91L',
    ]);
  });
});

describe('what is no recipient', () => {
  it.each([
    ['', 'empty'],
    ['  \u200b ', 'empty'],
    ['imessage:', 'empty'],
    ['175928847299117063', 'foreign-id'],
    ['+17592884729911706', 'foreign-id'],
    ['123456789', 'wrong-shape'],
    ['+1', 'wrong-shape'],
    ['\u202a+15551230001\u202c', 'hidden-characters'],
    ['+1555123\u200b0001', 'hidden-characters'],
    ['\uff0b\uff11\uff15\uff15\uff15\uff11\uff12\uff13\uff10\uff10\uff10\uff11', 'look-alike'],
    ['١٥٥٥١٢٣٠٠٠١', 'look-alike'],
    ['+43664123456⑦', 'look-alike'],
    ['+43664¹234567', 'look-alike'],
    ['+4 3664 1234567', 'not-understood'],
    ['+ 15551230001', 'not-understood'],
    ['+(555)1230001', 'not-understood'],
    ['+15551230001 ext 5', 'extension'],
    ['+15551230001;ext=5', 'extension'],
    ['+15551230001x5', 'extension'],
    ['Bob <+15551230001>', 'name'],
    ['sender:amazon', 'name'],
    ['Mom', 'name'],
    ['@bob', 'name'],
    ['bob\u200b@example.com', 'hidden-characters'],
    ['bob@example.com\u0007', 'hidden-characters'],
    ['\uff42ob@example.com', 'look-alike'],
    ['bоb@example.com', 'look-alike'],
    ['bob@localhost', 'not-understood'],
    ['bob@example.com,eve@example.com', 'not-understood'],
    ['chat_id:0', 'not-understood'],
    ['chat_id:11;12', 'not-understood'],
    ['+15551230001,+15551230002', 'not-understood'],
    ['x'.repeat(400), 'too-long'],
  ])('%s: %s', (text, problem) => {
    expect(normaliseAddress(text, us)).toEqual({ ok: false, error: problem });
  });

  it.each([null, 'XX'])('does not guess a country: %s', (region) => {
    for (const text of ['0664 1234567', '72345'])
      expect(normaliseAddress(text, { channel: 'imessage', region })).toEqual({
        ok: false,
        error: 'national',
      });
  });

  it('does not choose between a short number and one of the country', () => {
    expect(canonicalRecipient('12345', { channel: 'imessage', region: 'AT' })).toEqual({
      address: { ok: false, error: 'ambiguous' },
      people: ['short:12345', '+4312345'],
    });
  });
});

describe('somebody who is named', () => {
  it.each([
    ['AMAZON', 'sender:amazon', 'sender'],
    ['sms:Amazon', 'sender:amazon', 'sender'],
    ['sender:amazon', 'sender:amazon', 'sender'],
    ['urn:biz:5a6b', 'sender:urn:biz:5a6b', 'sender'],
    ['262966', 'short:262966', 'short-code'],
    ['+262966', 'short:262966', 'short-code'],
    ['\u202a+15551230001\u202c', '+15551230001', 'phone'],
    ['+52 1 55 5555 0123', '+5215555550123', 'phone'],
  ])('as %s is %s', (text, key, kind) => {
    for (const region of ['US', 'AT', null])
      expect(personAddress(text, { channel: 'imessage', region })).toEqual({
        ok: true,
        value: { kind, key },
      });
  });

  it.each(['', '???', '175928847299117063', 'b\u200bob@example.com'])('as “%s” is nobody', (text) => {
    expect(personKey(text, us)).toBeNull();
  });

  it('by name only cannot be allowed', () => {
    expect(allowableAddress('AMAZON', us)).toEqual({ ok: false, error: 'name' });
    expect(allowableAddress('262966', us)).toMatchObject({ ok: true });
  });
});

// Thousands of generated cases take their time on a busy machine.
describe('properties', { timeout: 30_000 }, () => {
  it('gives every spelling of a number the same key', () => {
    fc.assert(
      fc.property(
        nationalNumber.chain((national) => fc.tuple(fc.constant(national), spellingsOf(national))),
        ([national, spelling]) => {
          expect(addressKey(spelling, us)).toBe(`+1${national}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('gives different numbers different keys', () => {
    fc.assert(
      fc.property(nationalNumber, nationalNumber, (one, other) => {
        expect(addressKey(one, us) === addressKey(other, us)).toBe(one === other);
      }),
    );
  });

  it('reads no number longer than E.164 has, and guesses none', () => {
    const context = { channel: 'imessage', region: 'US' };
    for (const text of ['+4910000000000000', '4a.9a.100a.0a.00%a.000.000a.a@000a.aa'])
      expect(canonicalRecipient(text, context)).toMatchObject({ address: { ok: false }, people: [] });
  });

  it('is idempotent and never throws, on any text and channel', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...Array.from('+0123456789@.:;-() chatidgroup_\u200b')) }),
      nationalNumber.chain(spellingsOf),
      nationalNumber.chain(disguisesOf),
      fc.emailAddress(),
      fc.string({ unit: fc.constantFrom(...Array.from('ä@e.xn-ａ')) }).map((text) => `bob@${text}.com`),
    );
    const anyChannel = fc.constantFrom(
      'imessage',
      'sms',
      'whatsapp',
      'signal',
      'telegram',
      'discord',
      'slack',
    );
    fc.assert(
      fc.property(anyText, anyChannel, fc.constantFrom('US', 'AT', 'XX', null), (text, channel, region) => {
        const context = { channel, region };
        const { address, people } = canonicalRecipient(text, context);
        if (address.ok) expect(canonicalRecipient(address.value.key, context)).toEqual({ address, people });
        const person = personKey(text, context);
        if (person !== null) expect(personKey(person, context)).toBe(person);
        for (const each of people) expect(personKey(each, context)).toBe(each);
      }),
      { numRuns: 5000 },
    );
  });
});
