import { describe, expect, it } from 'vitest';
import { githubToken, privateKey } from '../../contract/guard/content/secret-samples.fixture.ts';
import { sendNoteTexts } from '../../contract/guard/send-texts.ts';
import type { SendRequestView, WholeText } from '../../contract/request.ts';
import { fail } from '../../contract/result.ts';
import { openInbox, send, sendEntry, startTime } from './requests.fixture.ts';
import { describeSend } from './describe-send.ts';
import type { SendGate } from './send-view.ts';
import type { SendWire } from './send-wire.ts';

function shown(more: Partial<SendWire> = {}, sendGate: SendGate = 'open'): SendRequestView {
  const { inbox } = openInbox({ sendGate: () => sendGate });
  inbox.applyRequested(send('stopped1', more));
  const view = inbox.get('send:stopped1');
  if (view?.kind !== 'send') throw new Error('Not shown.');
  return view;
}

const to = (address: string, key: string | null = null, people: readonly string[] = []) => ({
  to: address,
  key,
  people: [...people],
});
const plain = (text: string) => ({ text, altered: false, truncated: false, mixedScripts: false });

describe('a stopped message', () => {
  it('is shown with everything that is decided on', () => {
    expect(shown({ targets: [to('sms:555-123-9999', '+15551239999')], text: 'One\nTwo' })).toEqual({
      kind: 'send',
      key: 'send:stopped1',
      revision: 1,
      status: 'pending',
      who: plain('+15551239999'),
      requestedAt: startTime,
      expiresAt: null,
      armedAt: startTime + 1_000,
      elevation: [],
      fullyShown: true,
      outcome: null,
      note: null,
      channel: 'imessage',
      channelLabel: plain('iMessage'),
      accountId: plain('default'),
      recipients: [{ to: plain('sms:555-123-9999'), understood: plain('+15551239999'), people: [] }],
      action: plain('text'),
      isText: true,
      text: plain('One\nTwo'),
      textLength: 7,
      textComplete: true,
      files: [],
      media: [],
      secrets: [],
      marks: [],
      cause: { agent: plain('main'), session: plain('agent:main:main'), process: null },
      layer: 'gateway-plugin',
      heldUntil: null,
      attempts: 1,
      rule: 'unlisted',
      warnings: [],
      surplus: null,
      answers: ['once', 'hour', 'always', 'deny', 'never'],
    });
  });

  it.each<[string, Partial<SendWire>, string]>([
    ['the address as it was understood', { targets: [to('555 123 9999', '+15551239999')] }, '+15551239999'],
    [
      'the only person there',
      { targets: [to('chat_id:11', 'chat_id:11', ['+15551230001'])] },
      '+15551230001',
    ],
    [
      'the conversation of several people',
      { targets: [to('chat_id:7', 'chat_id:7', ['a', 'b'])] },
      'chat_id:7',
    ],
    ['what was written and not understood', { targets: [to('Mum')] }, 'Mum'],
    ['nobody', { targets: [] }, 'Nobody named'],
  ])('names %s', (_case, more, who) => {
    expect(shown(more).who.text).toBe(who);
  });

  it('shows its files as they were read', () => {
    const sha256 = 'c'.repeat(64);
    const files = [
      { name: '/tmp/a.pdf', bytes: 12, sha256 },
      { name: 'https://example.com/b', bytes: null, sha256: null },
    ];
    expect(shown({ files }).files).toEqual([
      { name: plain('/tmp/a.pdf'), bytes: 12, sha256 },
      { name: plain('https://example.com/b'), bytes: null, sha256: null },
    ]);
  });

  it.each<[string, Partial<SendWire>]>([
    ['a concealed recipient', { targets: [to('+1555\u200B1239999', '+15551239999')] }],
    ['a text with something hidden', { text: 'Hi\u202Eereht' }],
    ['a long text', { text: 'x'.repeat(2_001) }],
    ['a text that was not kept whole', { textComplete: false }],
    ['a file with an odd name', { media: ['a\u0000.pdf'] }],
  ])('with %s is not fully shown', (_case, more) => {
    expect(shown(more).fullyShown).toBe(false);
  });

  it.each<[string, Partial<SendWire>, readonly string[]]>([
    ['a known recipient', {}, []],
    ['somebody new', { contacted: false }, ['first-contact']],
    ['nobody knows whether new', { contacted: null }, []],
    ['an id of another app', { targets: [to('123456789012345678')] }, ['wrong-shape']],
    ['a name', { targets: [to('Mum')] }, ['not-understood']],
    ['a short code', { targets: [to('12345', 'short:12345')] }, []],
    ['a Mexican mobile', { targets: [to('+52 1 55 5555 0123', '+5215555550123')] }, []],
    ['a number without its country', { targets: [to('555 123 0001')] }, ['not-understood']],
    ['a made-up number', { targets: [to('+1 2')] }, ['wrong-shape']],
    ['an e-mail address', { targets: [to('a@b.example', 'a@b.example')] }, []],
    ['a conversation', { targets: [to('chat_id:7', 'chat_id:7', ['+15551230001'])] }, []],
    ['a group', { targets: [to('group:abc', 'group:abc')] }, []],
    ['a look-alike', { targets: [to('ann@exаmple.com')] }, ['not-understood']],
    [
      'an id elsewhere',
      { channel: 'discord', targets: [to('123456789012345678', 'id:123456789012345678')] },
      [],
    ],
    ['nonsense elsewhere', { channel: 'discord', targets: [to('who knows')] }, ['not-understood']],
    [
      'two',
      { targets: [to('+15551239999', '+15551239999'), to('Mum')] },
      ['not-understood', 'several-recipients'],
    ],
  ])('to %s is warned about as it should be', (_case, more, warnings) => {
    expect(shown(more).warnings).toEqual(warnings);
  });

  const two = [to('+15551239999', '+15551239999'), to('+15551238888', '+15551238888')];
  const held = { state: 'held', until: startTime + 60_000 } as const;
  it.each<[string, Partial<SendWire>, SendGate, readonly string[], string | null]>([
    ['held', held, 'open', ['once', 'hour', 'always', 'deny', 'never'], null],
    ['paused', {}, 'paused', ['deny', 'never'], null],
    ['without readable rules', held, 'rules-unreadable', ['deny'], null],
    [
      'stopped while paused, resumed since',
      { rule: 'paused' },
      'open',
      ['once', 'hour', 'always', 'deny', 'never'],
      null,
    ],
    ['to an address nobody understood', { targets: [to('Mum')] }, 'open', ['once', 'deny'], null],
    [
      'to several, held',
      { ...held, targets: two },
      'open',
      ['once', 'hour', 'always', 'deny', 'never'],
      null,
    ],
    [
      'to several, refused',
      { targets: two },
      'open',
      ['hour', 'always', 'deny', 'never'],
      sendNoteTexts.nextTry,
    ],
    ['to nobody', { targets: [] }, 'open', ['deny'], null],
    [
      'with files, refused',
      { media: ['a.pdf'] },
      'open',
      ['once', 'hour', 'always', 'deny', 'never'],
      sendNoteTexts.nextTry,
    ],
    [
      'with files, held',
      { ...held, media: ['a.pdf'] },
      'open',
      ['once', 'hour', 'always', 'deny', 'never'],
      null,
    ],
    [
      'a poll',
      { action: 'poll' },
      'open',
      ['once', 'hour', 'always', 'deny', 'never'],
      sendNoteTexts.nextTry,
    ],
    ['a poll while paused', { action: 'poll' }, 'paused', ['deny', 'never'], null],
    [
      'too long to be kept',
      { ...held, textComplete: false },
      'open',
      ['deny', 'never'],
      sendNoteTexts.tooLong,
    ],
    ['let out already', { state: 'allowed', until: startTime + 1 }, 'open', [], sendNoteTexts.underWay],
  ])('%s offers only what can be done', (_case, more, gate, answers, note) => {
    const view = shown(more, gate);
    expect([view.answers, view.note]).toEqual([answers, note]);
  });

  it('offers its answers again when the owner resumes', () => {
    let gate: SendGate = 'paused';
    const { inbox } = openInbox({ sendGate: () => gate });
    inbox.applyRequested(send('stopped1'));
    const before = inbox.views(10).requests;
    gate = 'open';
    inbox.guardChanged();
    expect([before, inbox.views(10).requests]).toMatchObject([
      [{ answers: ['deny', 'never'] }],
      [{ answers: ['once', 'hour', 'always', 'deny', 'never'] }],
    ]);
  });
});

describe('the whole text', () => {
  it('is given in full, with its line breaks, and says when something was escaped', () => {
    const { inbox } = openInbox();
    const text = `${'long line, '.repeat(15_000)}\r\n\u202Eend`;
    inbox.applyRequested(send('stopped1', { text }));
    expect(inbox.sendText({ key: 'send:stopped1', revision: 1 })).toEqual({
      ok: true,
      value: { text: `${'long line, '.repeat(15_000)}\n⟨U+202E⟩end`, altered: true, marks: [] },
    });
  });

  it.each([
    ['another revision', 'send:stopped1', 2, 'request-changed'],
    ['something that is not there', 'send:other', 1, 'request-gone'],
    ['something else', 'chat:stopped1', 1, 'request-gone'],
  ])('is not given for %s', (_case, key, revision, code) => {
    const { inbox } = openInbox();
    inbox.applyRequested(send('stopped1'));
    expect(inbox.sendText({ key, revision })).toMatchObject(fail({ code }));
  });
});

describe('ten thousand stopped messages', () => {
  it('are all counted, and the first hundred shown', { timeout: 30_000 }, () => {
    const { inbox } = openInbox();
    const long = 'é'.repeat(2_000);
    const wires = Array.from({ length: 10_000 }, (_, index) =>
      sendEntry(`stopped${String(index)}`, { text: long }),
    );
    for (const { id, ...wire } of wires) inbox.applyRequested(send(id, wire));
    const { requests, openCount } = inbox.views(100);
    expect([requests.length, openCount]).toEqual([100, 10_000]);
  });
});

describe('a secret in a stopped message', () => {
  const carried = (more: Partial<SendWire>): object => {
    const { secrets, warnings } = shown(more);
    return { secrets, warned: warnings.includes('secret') };
  };

  it('is warned about, whoever found it', () => {
    expect(carried({ text: 'Hi' })).toEqual({ secrets: [], warned: false });
    expect(carried({ text: `The key is ${githubToken}` })).toEqual({ secrets: ['token'], warned: true });
    expect(carried({ text: '4111111111111111' })).toEqual({ secrets: [], warned: false });
    expect(carried({ secrets: ['card-number'] })).toEqual({ secrets: ['card-number'], warned: true });
    expect(carried({ media: ['/home/me/.ssh/id_rsa'] })).toEqual({ secrets: ['private-key'], warned: true });
  });

  it('is marked where its text is shown, from what was escaped to the end that was cut off', () => {
    const text = `\u200B${'x'.repeat(1_930)} ${githubToken} and ${privateKey}`;
    const { inbox } = openInbox();
    inbox.applyRequested(send('stopped1', { text }));
    const marked = ({ text: whole, marks }: Pick<WholeText, 'text' | 'marks'>) =>
      marks.map(({ start, end }) => whole.slice(start, end));
    const view = shown({ text });
    expect(view.text.truncated).toBe(true);
    expect(marked({ text: view.text.text, marks: view.marks })).toEqual([githubToken]);
    const whole = inbox.sendText({ key: 'send:stopped1', revision: 1 });
    expect(whole.ok && marked(whole.value)).toEqual([githubToken, privateKey]);
  });

  it('is not allowed for a while', () => {
    expect(shown({ rule: 'secret', secrets: ['token'] }).answers).toEqual([
      'once',
      'always',
      'deny',
      'never',
    ]);
  });

  it('is masked where the message is only named, and not answered there', () => {
    const { facts, complete } = describeSend(shown({ text: `The key is ${githubToken}` }), false);
    expect(facts).toContain('“The key is ••••”');
    expect(facts.join()).not.toContain(githubToken);
    expect(complete).toBe(false);
  });
});
