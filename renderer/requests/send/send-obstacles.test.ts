import { describe, expect, it } from 'vitest';
import type { GuardView } from '../../../electron/contract/guard/guard-view.ts';
import { sendAnswers } from '../../../electron/contract/guard/send-answer.ts';
import type { SendRequestView } from '../../../electron/contract/request.ts';
import { guarded, plain, sendRequest } from '../../bridge/snapshots.double.ts';
import type { Obstacle } from './send-obstacles.ts';
import { obstacleTo } from './send-obstacles.ts';

const unreadable = guarded({ policy: { status: 'unreadable', problem: 'line 3', restorable: true } });
const long = plain('x'.repeat(400), { truncated: true });

interface Case {
  readonly what: string;
  readonly view?: Partial<SendRequestView>;
  readonly guard?: GuardView;
  readonly wholeTextShown?: boolean;
  /** For the three answers that let it out, then for Deny, then for Never. */
  readonly expected: readonly [letOut: Obstacle | null, deny: Obstacle | null, never: Obstacle | null];
}

const cases: readonly Case[] = [
  { what: 'its whole text is shown', expected: [null, null, null] },
  { what: 'its text is hidden or cut', wholeTextShown: false, expected: ['text-hidden', null, null] },
  {
    what: 'the plugin is older',
    guard: guarded({ plugin: { state: 'present', version: '0.2.0', match: 'older', holdSeconds: 60 } }),
    expected: ['old-plugin', 'old-plugin', 'old-plugin'],
  },
  { what: 'all sends are paused', guard: guarded({ paused: true }), expected: ['paused', null, null] },
  {
    what: 'the rules cannot be read',
    view: { answers: ['deny'] },
    guard: unreadable,
    expected: ['rules-unreadable', null, 'rules-unreadable'],
  },
  {
    what: 'the guard did not keep all of it',
    view: { textComplete: false },
    expected: ['text-incomplete', null, null],
  },
  {
    what: 'this kind cannot be sent again',
    view: { answers: ['deny', 'never'] },
    expected: ['not-possible', null, null],
  },
  {
    what: 'not even Deny was offered',
    view: { answers: [] },
    expected: ['not-possible', null, 'not-possible'],
  },
  {
    what: 'the recipient is cut off',
    view: { recipients: [{ to: long, understood: null, people: [] }] },
    expected: ['cut-off', null, null],
  },
  {
    what: 'somebody in the conversation is cut off',
    view: { recipients: [{ to: plain('chat_id:7'), understood: null, people: [long] }] },
    expected: ['cut-off', null, null],
  },
  { what: 'a file name is cut off', view: { media: [long] }, expected: ['cut-off', null, null] },
];

describe('what stands in the way of an answer', () => {
  it.each(cases)('when $what', ({ view = {}, guard = guarded(), wholeTextShown = true, expected }) => {
    const [letOut, deny, never] = expected;
    const found = sendAnswers.map((answer) => [
      answer,
      obstacleTo(answer, sendRequest(view), { guard, wholeTextShown }),
    ]);
    expect(Object.fromEntries(found)).toEqual({ once: letOut, hour: letOut, always: letOut, deny, never });
  });
});
