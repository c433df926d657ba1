import { beforeEach, describe, expect, it } from 'vitest';
import { appError, fail, ok, type Result } from '../contract/result.ts';
import { defaultSettings } from '../contract/settings.ts';
import { silentLogger } from './gateway/outside.double.ts';
import type { Intent } from './notify/activation.ts';
import { countingActivations } from './notify/notify.fixture.ts';
import { followIntent } from './owner-intents.ts';

let happened: unknown[];
let answer: Result<null>;

beforeEach(() => {
  happened = [];
  answer = ok(null);
});

function follow(intent: Intent, tellApprovedContacts = false): Promise<void> {
  const record =
    (name: string) =>
    (input: unknown): Promise<Result<null>> => {
      happened.push([name, input]);
      return Promise.resolve(answer);
    };
  return followIntent(intent, {
    sender: { approve: record('approve'), deny: record('deny') },
    openWindow: (key) => happened.push(['open', key]),
    comeBack: () => happened.push(['come back']),
    settings: () => ({ ...defaultSettings, tellApprovedContacts }),
    pause: record('pause'),
    silence: (account, to) => record('silence')([account, to]),
    quit: () => happened.push(['quit']),
    logger: silentLogger,
  });
}

const decided = { key: 'chat:c1', revision: 2 };

describe('a press', () => {
  it.each([
    [{ type: 'open', key: 'chat:c1' }, ['open', 'chat:c1']],
    [{ type: 'open', key: null }, ['open', null]],
    [{ type: 'come-back' }, ['come back']],
    [{ type: 'quit' }, ['quit']],
    [{ type: 'pause', paused: true }, ['pause', true]],
    [{ type: 'pause', paused: false }, ['pause', false]],
    [{ type: 'silence', account: 'default', to: 'ignore' }, ['silence', ['default', 'ignore']]],
    [{ type: 'deny', ...decided }, ['deny', decided]],
    [{ type: 'approve', ...decided }, ['approve', { ...decided, elevate: false, notifyContact: false }]],
  ] as const)('of %o does just that', async (intent, outcome) => {
    await follow(intent);
    expect(happened).toEqual([outcome]);
  });

  it('tells an approved contact when the owner wants that', async () => {
    await follow({ type: 'approve', ...decided }, true);
    expect(happened).toEqual([['approve', { ...decided, elevate: false, notifyContact: true }]]);
  });

  it.each(['approve', 'deny'] as const)('of %s that did not count shows the request', async (type) => {
    answer = fail(appError('request-changed', 'It changed.', true));
    await follow({ type, ...decided });
    expect(happened).toMatchObject([
      [type, decided],
      ['open', 'chat:c1'],
    ]);
  });

  it('of resume that did not count opens the window', async () => {
    answer = fail(appError('not-armed', 'The screen is locked.', true));
    await follow({ type: 'pause', paused: false });
    expect(happened).toEqual([
      ['pause', false],
      ['open', null],
    ]);
  });
});

describe('a token', () => {
  const activations = countingActivations();
  const tokens = activations.render('request:chat:c1', (issue) => ({
    plainClick: issue({ type: 'open', key: 'chat:c1' }),
    approve: issue({ type: 'approve', ...decided }),
  }));

  it.each([
    ['of a plain click', tokens.plainClick, ['open', 'chat:c1']],
    ['nobody issued', 'forged', ['open', null]],
    ['that is empty', '', ['open', null]],
  ])('%s opens and never approves', async (_case, token, outcome) => {
    await follow(activations.take(token).intent);
    expect(happened).toEqual([outcome]);
  });

  it('of Approve approves once; pressed again it only opens', async () => {
    await follow(activations.take(tokens.approve).intent);
    await follow(activations.take(tokens.approve).intent);
    expect(happened).toMatchObject([
      ['approve', decided],
      ['open', null],
    ]);
  });
});
