import { beforeEach, describe, expect, it } from 'vitest';
import { recordingHandlers } from '../contract/handlers.double.ts';
import { noLoginItem } from '../contract/login-item.ts';
import { appError, fail, ok, type Result } from '../contract/result.ts';
import { defaultSettings, type GatewayChoice } from '../contract/settings.ts';
import type { AppSnapshot } from '../contract/snapshot.ts';
import { createHandlers, type CommandParts } from './commands.ts';
import { localFailure } from './gateway/local-failure.ts';
import { GuardCalls } from './guard/guard-calls.ts';
import { createGuardHandlers } from './guard/guard-commands.ts';
import { GuardInstallerDouble } from './guard/guard-installer.double.ts';
import { SettingsKeeper } from './settings/settings-keeper.ts';
import { settingsVersion } from './settings/settings-model.ts';

const remote: GatewayChoice = { mode: 'remote', url: 'wss://gate.example', tlsFingerprint: 'ab' };
const wholeText = ok({ text: 'all of it', altered: false, marks: [] });
const notRead = fail(appError('not-connected', 'Not connected.', true));
const refusal = fail(appError('not-armed', 'Too quick.', true));

let happened: unknown[];
let writing: Result<null>;
let parts: CommandParts;

beforeEach(() => {
  happened = [];
  writing = ok(null);
  const record =
    (name: string) =>
    (...input: readonly unknown[]): void => {
      happened.push([name, ...input]);
    };
  const answer =
    (name: string) =>
    (input: unknown): Promise<Result<null>> => {
      happened.push([name, input]);
      return Promise.resolve(refusal);
    };
  parts = {
    snapshot: () => ({ seq: 3 }) as AppSnapshot,
    setupCodes: { create: () => Promise.resolve(refusal), forget: record('forget') },
    sender: { approve: answer('approve'), deny: answer('deny'), answerSend: answer('answerSend') },
    inbox: { sendText: () => wholeText },
    loginItem: {
      read: () => Promise.resolve(ok(noLoginItem)),
      set: (on) => answer('loginItem')(on).then(() => ok(noLoginItem)),
    },
    guard: createGuardHandlers({
      calls: new GuardCalls(() => Promise.resolve(fail(localFailure('CONNECTION_LOST', 'gone')))),
      installer: new GuardInstallerDouble(),
      isLocal: () => true,
      region: () => null,
      rules: {
        read: () => answer('read')(undefined).then(() => notRead),
        pause: answer('pause'),
        change: (edit) => answer('change')(edit).then(() => notRead),
        restore: () => answer('restore')(undefined).then(() => notRead),
      },
      setup: {
        plan: (input) => answer('plan')(input).then(() => notRead),
        apply: (id) => {
          happened.push(['apply', id]);
          return ok(null);
        },
        test: () => answer('test')(undefined).then(() => notRead),
      },
    }),
    settings: new SettingsKeeper({
      read: () => ({ settings: { ...defaultSettings, gateway: remote }, keptAside: null }),
      write: () => writing,
    }),
    lookAgain: record('lookAgain'),
    connection: { retry: record('retry'), setToken: answer('setToken') },
    chooseGateway: record('choose'),
    credentials: { useSession: record('useSession') },
    dismissNotice: record('dismissNotice'),
    people: { handlers: recordingHandlers({ 'people.unblock': answer('unblock') }).handlers },
    config: {
      'silence.plan': (input) => answer('silence.plan')(input).then(() => notRead),
      'silence.apply': answer('silence.apply'),
      'silence.undo': answer('silence.undo'),
      'channels.list': () => Promise.resolve(notRead),
      'channels.plan': (input) => answer('channels.plan')(input).then(() => notRead),
      'channels.apply': answer('channels.apply'),
      'channels.history': () => Promise.resolve(ok([])),
      'channels.undo': answer('channels.undo'),
      'gateway.restart': answer('gateway.restart'),
    },
    onChange: record('onChange'),
    putWindowAway: record('putWindowAway'),
    quit: record('quit'),
  };
});

describe('a command', () => {
  it('about people goes to those who look after them', async () => {
    const person = { channel: 'imessage', to: '+15551230001' };
    expect(await createHandlers(parts)['people.unblock'](person)).toBe(refusal);
    expect(happened).toEqual([['unblock', person]]);
  });

  it('about the gateway’s config goes to what edits it', async () => {
    const apply = { id: 'plan-1', confirmed: true };
    expect(await createHandlers(parts)['silence.apply'](apply)).toBe(refusal);
    expect(await createHandlers(parts)['channels.undo']({ id: 'edit-1', confirmed: false })).toBe(refusal);
    expect(await createHandlers(parts)['gateway.restart']({ confirmed: true })).toBe(refusal);
    expect(happened).toEqual([
      ['silence.apply', apply],
      ['channels.undo', { id: 'edit-1', confirmed: false }],
      ['gateway.restart', { confirmed: true }],
    ]);
  });

  it('reads the snapshot', async () => {
    expect(await createHandlers(parts)['snapshot.get'](undefined)).toEqual(ok({ seq: 3 }));
  });

  it('answers with the sender’s own result, and hands on exactly what the window sent', async () => {
    const handlers = createHandlers(parts);
    const approval = { key: 'chat:1', revision: 1, elevate: true, notifyContact: true };
    const denial = { key: 'chat:1', revision: 1 };
    expect([await handlers['request.approve'](approval), await handlers['request.deny'](denial)]).toEqual([
      refusal,
      refusal,
    ]);
    expect(happened).toEqual([
      ['approve', approval],
      ['deny', denial],
    ]);
  });

  it('about a stopped message goes to the sender; its text comes from the inbox', async () => {
    const handlers = createHandlers(parts);
    const shown = { key: 'send:1', revision: 2 };
    expect(await handlers['send.answer']({ ...shown, answer: 'never' })).toEqual(refusal);
    expect(await handlers['send.text'](shown)).toEqual(wholeText);
    expect(happened).toEqual([['answerSend', { ...shown, answer: 'never' }]]);
  });

  it('about the guard reaches its rules or its set-up, and nothing else', async () => {
    const handlers = createHandlers(parts);
    const edit = { revision: 3, change: { type: 'pause', paused: true } } as const;
    const input = { part: 'plugin', action: 'install' } as const;
    await handlers['guard.pause']({ paused: true });
    await handlers['guard.rules'](undefined);
    await handlers['guard.changeRules'](edit);
    await handlers['guard.restoreRules'](undefined);
    await handlers['guard.planSetup'](input);
    await handlers['guard.applySetup']({ id: 'plan-1' });
    await handlers['guard.selfTest'](undefined);
    expect(happened).toEqual([
      ['pause', true],
      ['read', undefined],
      ['change', edit],
      ['restore', undefined],
      ['plan', input],
      ['apply', 'plan-1'],
      ['test', undefined],
    ]);
  });

  it('understands an address without asking anybody', async () => {
    const input = { channel: 'imessage', account: 'default', to: '(555) 123-0001', region: 'US' };
    expect(await createHandlers(parts)['guard.understand'](input)).toMatchObject({
      value: { understood: true, key: '+15551230001' },
    });
    expect(await createHandlers(parts)['guard.contacts'](input)).toMatchObject({
      error: { code: 'not-connected' },
    });
  });

  it('hands a typed token to the connection alone', async () => {
    expect(await createHandlers(parts)['connection.setToken']({ token: 's3cret' })).toEqual(refusal);
    expect(happened).toEqual([['setToken', 's3cret']]);
  });

  it.each([
    ['requests.refresh', ['lookAgain']],
    ['connection.retry', ['retry']],
    ['keychain.useSession', ['useSession']],
    ['window.putAway', ['putWindowAway']],
    ['app.quit', ['quit']],
  ] as const)('%s does one thing', async (name, outcome) => {
    expect(await createHandlers(parts)[name](undefined)).toEqual(ok(null));
    expect(happened).toEqual([outcome]);
  });

  it('dismisses a notice', async () => {
    await createHandlers(parts)['notice.dismiss']({ id: 'n1' });
    expect(happened).toEqual([['dismissNotice', 'n1']]);
  });
});

describe('settings', () => {
  it('that concern no gateway leave the connection alone', async () => {
    expect(await createHandlers(parts)['settings.patch']({ theme: 'dark' })).toEqual(ok(null));
    expect(happened).toEqual([['onChange']]);
  });

  it('with another gateway connect to it', async () => {
    await createHandlers(parts)['settings.patch']({ gateway: { mode: 'local' } });
    expect(happened).toEqual([['choose', { mode: 'local' }], ['onChange']]);
  });

  it('with the same gateway, in whatever order its parts come, leave the connection alone', async () => {
    const gateway: GatewayChoice = { tlsFingerprint: 'ab', url: 'wss://gate.example', mode: 'remote' };
    await createHandlers(parts)['settings.patch']({ gateway });
    expect(happened).toEqual([['onChange']]);
  });

  it('from a file are shown before they count, and lead to the gateway they name', async () => {
    const handlers = createHandlers(parts);
    const text = JSON.stringify({ theme: 'dark' });
    const plan = await handlers['settings.planImport']({ text });
    expect(plan.ok && plan.value.changes.map(({ label }) => label)).toEqual(['Gateway', 'Theme']);
    expect([happened, parts.settings.current.theme]).toEqual([[], 'system']);
    expect(await handlers['settings.import']({ text })).toEqual(ok(null));
    expect(happened).toEqual([['choose', { mode: 'local' }], ['onChange']]);
    const exported = await handlers['settings.export'](undefined);
    expect(exported.ok && JSON.parse(exported.value.text)).toMatchObject({
      version: settingsVersion,
      theme: 'dark',
    });
  });

  it('from a damaged file change nothing', async () => {
    const before = parts.settings.current;
    expect(await createHandlers(parts)['settings.import']({ text: '{"theme":"pink"}' })).toMatchObject({
      ok: false,
      error: { code: 'bad-input' },
    });
    expect([happened, parts.settings.current]).toEqual([[], before]);
  });

  it('about the login go to this computer', async () => {
    const handlers = createHandlers(parts);
    expect(await handlers['loginItem.read'](undefined)).toEqual(ok(noLoginItem));
    await handlers['loginItem.set']({ on: true });
    expect(happened).toEqual([['loginItem', true]]);
  });

  it('that could not be written change nothing', async () => {
    writing = fail(appError('settings-not-saved', 'The disk is full.'));
    expect(await createHandlers(parts)['settings.patch']({ gateway: { mode: 'local' } })).toEqual(writing);
    expect([happened, parts.settings.current.gateway]).toEqual([[], remote]);
  });
});
