import { describe, expect, it } from 'vitest';
import { readPhoneNumber } from './phone-number.ts';

describe('a number is read', () => {
  it.each([
    ['+1 (555) 123-0099', 'AT', '+15551230099'],
    ['15551230099', 'US', '+15551230099'],
    ['011 43 1 12345', 'US', '+43112345'],
    ['+39 06 12345678', 'US', '+390612345678'],
    ['00390612345678', 'AT', '+390612345678'],
    ['+15551230099x5', 'US', '+15551230099'],
    ['+1555*1230099', 'US', null],
    ['0043 1 12345', 'US', null],
    ['+1555123009⑨', 'US', null],
    ['5551230099', 'UK', null],
    [`+1555${'-'.repeat(250)}1230099`, 'US', null],
    ['+15551230099\n\n', 'US', null],
    ['imsg', 'US', null],
  ])('%j in %s', (text, region, expected) => {
    expect(readPhoneNumber(text, region)).toBe(expected);
  });

  it('by its caller’s region as soon as anything hides the country code', () => {
    const regions = 'AT BR CN CO DE EC FR GB GT ID IL IN IT LU NP RS SG US'.split(' ');
    const dialled = regions.flatMap((region) => readPhoneNumber('+ 15551230001', region) ?? []);
    expect(new Set(dialled).size).toBe(16);
    expect(dialled.filter((number) => number === '+15551230001')).toHaveLength(1);
  });
});
