/** Nobody escapes a denial or a block by spelling, and nobody is allowed by a spelling that could be somebody else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disguisesOf, nationalNumber, spellingsOf } from './address-spellings.arbitrary.ts';
import { account, allow, ask, deny, now, send, target } from './decide.fixture.ts';
import { decide } from './decide.ts';
import type { Decision } from './decide.ts';
import { emptyPolicy, parsePolicy } from './policy.ts';
import type { AccountPolicy } from './policy.ts';
import type { PolicyState, Send } from './send.ts';

/** The rules as a file would say them: any spelling. */
function rules(change: {
  readonly deny?: readonly string[];
  readonly allow?: readonly string[];
  readonly blocked?: readonly string[];
  readonly unlisted?: AccountPolicy['unlisted'];
  readonly guarded?: boolean;
}): PolicyState {
  const parsed = parsePolicy({
    ...emptyPolicy,
    region: 'US',
    accounts:
      change.guarded === false
        ? []
        : [
            {
              ...account,
              unlisted: change.unlisted ?? 'allow',
              allowTo: (change.allow ?? []).map((to) => ({ to })),
              denyTo: (change.deny ?? []).map((to) => ({ to })),
            },
          ],
    blocked: (change.blocked ?? []).map((to) => ({ channel: 'imessage', to })),
  });
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { status: 'ready', policy: parsed.value };
}

const verdict = (state: PolicyState, given: Send): Decision['verdict'] => decide(state, given, now).verdict;

/** A denial, and another spelling that can reach the same person. */
const spellings: readonly (readonly [string, string])[] = [
  ['262966', 'sms:262966'],
  ['262966', '+262966'],
  ['262966', '262966'],
  ['+262966', 'sms:262966'],
  ['sms:262966', '+262966'],
  ['AMAZON', 'amazon'],
  ['AMAZON', 'sms:AMAZON'],
  ['+52 55 5555 0123', '+52 1 55 5555 0123'],
  ['+52 1 55 5555 0123', '+52 55 5555 0123'],
  ['+5215555550123', 'tel:+52 1 555 555 0123'],
  ['+54 11 5555 0123', '+54 9 11 5555 0123'],
  ['+54 9 11 5555 0123', '+54 11 5555 0123'],
  ['+55 11 5555-0123', '+55 11 95555-0123'],
  ['+55 11 95555-0123', '+55 11 5555-0123'],
  ['+1 555 123 0001', '+1 555 123 0001 ext 5'],
  ['+1 555 123 0001', '+1 555 123 0001;ext=5'],
  ['+1 555 123 0001', '+1 555 123 0001 x5'],
  ['+1 555 123 0001', 'Bob <+1 555 123 0001>'],
  ['+1 555 123 0001', '+ 1 555 123 0001'],
  ['+1 555 123 0001', '+ 5551230001'],
  ['+1 555 123 0001', '+(555)1230001'],
  ['+43664123456', '+43664123456⑦'],
  ['+436641234567', '+43664123456⑦'],
  ['+436641234567', '+43664¹234567'.replace('¹', '\u{1d7cf}')],
  ['+436641234567', '+43664123456७'],
  ['+49171392001', '+49171392001７'],
  ['bob@example.com', 'Bob <bob@example.com>'],
  ['bob@example.com', 'mailto:BOB@Example.Com'],
  ['bob@example.com', 'ｂob@example.com'],
  ['bob@example.com', 'bob\u200b@example.com'],
  ['bob@example.com', 'eve@example.org, bob@example.com'],
  ['bob@exämple.com', 'bob@xn--exmple-cua.com'],
  ['bob@xn--exmple-cua.com', 'BOB@EXÄMPLE.com'],
];

describe('a denial', () => {
  it.each(spellings)('of %s holds for %s', (denied, to) => {
    expect(decide(rules({ deny: [denied] }), send(to), now)).toMatchObject({
      verdict: 'deny',
      because: { rule: 'denied' },
    });
  });

  it('holds for a number that was dialled in another country than the rules are at home in', () => {
    const denied = rules({ deny: ['+1 202 555 0123'] });
    for (const region of ['US', null]) {
      expect(verdict(denied, send('1 202 555 0123', { region }))).toBe('deny');
      expect(verdict(denied, send('2025550123', { region }))).toBe('deny');
    }
    // There it is dialled as +49 202 5550123, which nobody named.
    expect(verdict(denied, send('2025550123', { region: 'DE' }))).toBe('allow');
  });

  it('holds for everybody who reads along, however they are spelled there', () => {
    const group = send([target('group:chat8', { people: ['+5215555550123', 'AMAZON', '+262966'] })]);
    for (const denied of ['+525555550123', 'Amazon', '262966'])
      expect(verdict(rules({ deny: [denied] }), group)).toBe('deny');
  });
});

describe('a block', () => {
  it.each(spellings)('of %s holds for %s, also where no account is guarded', (blocked, to) => {
    expect(decide(rules({ blocked: [blocked], guarded: false }), send(to), now)).toMatchObject({
      verdict: 'deny',
      because: { rule: 'blocked' },
    });
  });
});

describe('an allowance', () => {
  it.each([
    ['+52 1 55 5555 0123', '+52 55 5555 0123'],
    ['+52 55 5555 0123', '+52 1 55 5555 0123'],
    ['bob@exämple.com', 'bob@xn--exmple-cua.com'],
    ['262966', '+262966'],
  ])('of %s is one of %s', (allowed, to) => {
    expect(verdict(rules({ allow: [allowed], unlisted: 'ask' }), send(to))).toBe('allow');
  });

  it.each([
    ['+54 11 5555 0123', '+54 9 11 5555 0123'],
    ['+55 11 95555-0123', '+55 11 5555-0123'],
    ['+1 555 123 0001', '+1 555 123 0001 ext 5'],
    ['bob@example.com', 'Bob <bob@example.com>'],
    ['+15551230001', '+ 15551230001'],
    ['+15551230001', '+\u200b15551230001'],
    ['+436641234567', '+43664123456⑦'],
    ['+436641234567', '+4366412345\u200b67'],
    ['+4915112345678', '+４９15112345678'],
    // The number of another country, or of none, depending on who reads it.
    ['+49 202 5550123', '2025550123'],
  ])('of %s is none of %s', (allowed, to) => {
    expect(verdict(rules({ allow: [allowed], unlisted: 'ask' }), send(to))).toBe('ask');
  });

  it('of a national number is for the country it is dialled in', () => {
    const state = rules({ allow: ['+49 202 5550123'], unlisted: 'ask' });
    const dialledIn = (region: string | null) => verdict(state, send('0202 5550123', { region }));
    expect([dialledIn('DE'), dialledIn('US'), dialledIn(null)]).toEqual(['allow', 'ask', 'ask']);
  });

  it('has to cover every reading of few digits', () => {
    const inAustria = send('12345', { region: 'AT' });
    const [short, long] = ['short:12345', '+43 12345'];
    expect(verdict(rules({ allow: [short], unlisted: 'ask' }), inAustria)).toBe('ask');
    expect(verdict(rules({ allow: [long], unlisted: 'ask' }), inAustria)).toBe('ask');
    expect(verdict(rules({ allow: [short, long], unlisted: 'ask' }), inAustria)).toBe('allow');
    expect(verdict(rules({ deny: [short] }), inAustria)).toBe('deny');
    expect(verdict(rules({ deny: [long] }), inAustria)).toBe('deny');
  });

  it('cannot be given to a name', () => {
    expect(() => rules({ allow: ['AMAZON'] })).toThrow('not understood (name)');
  });
});

describe('what is not understood', () => {
  const odd = send('Mom');
  const nobody: Decision = ask({ rule: 'address', problem: 'name' });
  it.each<[string, PolicyState, Decision]>([
    ['is asked about beside a denial', rules({ deny: ['+15551230001'] }), nobody],
    ['is asked about beside a block', rules({ blocked: ['+15551230001'] }), nobody],
    ['is asked about beside an allowance', rules({ allow: ['+15551230001'] }), nobody],
    [
      'is asked about on an account without rules',
      rules({ blocked: ['+15551230001'], guarded: false }),
      nobody,
    ],
    [
      'is stopped where nobody is asked',
      rules({ unlisted: 'deny' }),
      deny({ rule: 'address', problem: 'name' }),
    ],
    ['may leave where nobody is named', rules({}), allow({ rule: 'address', problem: 'name' })],
  ])('%s', (_case, state, expected) => {
    expect(decide(state, odd, now)).toEqual(expected);
  });

  it('is no reply, and no listed conversation under another name', () => {
    const state = rules({ allow: ['group:chat777'], unlisted: 'ask' });
    const given = send([
      target('Mom', { aliases: ['group:chat777'], people: ['+15551230001'], opened: true }),
    ]);
    expect(decide(state, given, now)).toEqual(nobody);
  });

  it('is a member nobody can be sure of: the group is asked about', () => {
    const opened = send([target('group:chat8', { people: ['+15551230002', '???'], opened: true })]);
    expect(decide(rules({ deny: ['+15551230001'] }), opened, now)).toEqual(
      ask({ rule: 'unlisted', to: 'group:chat8' }),
    );
  });
});

// Thousands of generated cases take their time on a busy machine.
describe('properties', { timeout: 30_000 }, () => {
  const spelled = nationalNumber.chain((national) =>
    fc.tuple(fc.constant(`+1${national}`), fc.oneof(spellingsOf(national), disguisesOf(national))),
  );

  it('a denial and a block hold for every spelling of a person', () => {
    fc.assert(
      fc.property(spelled, ([person, to]) => {
        expect(verdict(rules({ deny: [person] }), send(to))).toBe('deny');
        expect(verdict(rules({ blocked: [person], guarded: false }), send(to))).toBe('deny');
      }),
      { numRuns: 1000 },
    );
  });

  it('an allowance never reaches further than the person', () => {
    fc.assert(
      fc.property(nationalNumber, spelled, (allowed, [person, to]) => {
        const state = rules({ allow: [`+1${allowed}`], unlisted: 'ask' });
        expect(verdict(state, send(to))).toBe(person === `+1${allowed}` ? 'allow' : 'ask');
      }),
      { numRuns: 1000 },
    );
  });

  it('a disguise is never allowed, not even of somebody allowed', () => {
    const disguised = nationalNumber.chain((national) =>
      fc.tuple(fc.constant(`+1${national}`), disguisesOf(national)),
    );
    fc.assert(
      fc.property(disguised, ([person, to]) => {
        expect(verdict(rules({ allow: [person] }), send(to))).toBe('ask');
      }),
      { numRuns: 1000 },
    );
  });
});
