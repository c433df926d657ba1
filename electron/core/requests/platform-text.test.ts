import { expect, it } from 'vitest';
import { platformText } from './platform-text.ts';

it.each([
  [{ platform: 'darwin' }, 'macOS'],
  [{ platform: 'win32' }, 'Windows'],
  [{ platform: 'linux' }, 'Linux'],
  [{ platform: 'ios', deviceFamily: 'iPhone' }, 'iPhone'],
  [{ platform: 'Plan 9' }, 'Plan 9'],
  [{ platform: 'constructor' }, 'constructor'],
])('%o is shown as %s', (reported, shown) => {
  expect(platformText(reported, 40)?.text).toBe(shown);
});

it('is nothing where the device says nothing', () => {
  expect([platformText({}, 40), platformText({ platform: ' ' }, 40)]).toEqual([null, null]);
});

it('is bounded and made safe like every text of a stranger', () => {
  expect(platformText({ platform: 'linux\u202e' }, 40)).toMatchObject({ altered: true });
  expect(platformText({ platform: 'x'.repeat(50) }, 10)).toMatchObject({ truncated: true });
});
