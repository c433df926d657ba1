import { expect, it } from 'vitest';
import type { GuardPluginView } from '../../contract/guard/guard-view.ts';
import { isOffered } from './offered.ts';

const method = 'portcullis-guard.remove-contact';
const unknown: GuardPluginView = { state: 'unknown' };
const absent: GuardPluginView = { state: 'absent' };
function present(match: 'same' | 'older' | 'newer'): GuardPluginView {
  return { state: 'present', version: '1.0.0', match, holdSeconds: 60 };
}

it.each<[string, string, readonly string[] | null, GuardPluginView, boolean]>([
  ['a method of the gateway', 'device.pair.remove', ['device.pair.remove'], absent, true],
  ['a method it does not have', 'device.pair.remove', [], present('same'), false],
  ['anything while not connected', 'device.pair.remove', null, unknown, false],
  ['a plugin that was there when we connected', method, [method], unknown, true],
  ['a plugin that went away since', method, [method], absent, false],
  ['a plugin that came since', method, [], present('same'), true],
  ['a newer plugin that came since', method, [], present('newer'), true],
  ['an older plugin that may lack it', method, [], present('older'), false],
  ['an older plugin that has it', method, [method], present('older'), true],
])('%s: offered or not', (_what, name, greeted, plugin, expected) => {
  expect(isOffered(name, greeted === null ? null : new Set(greeted), plugin)).toBe(expected);
});
