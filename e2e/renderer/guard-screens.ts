/** Screens about stopped messages and the state of the send guard. */
import { githubToken } from '../../electron/contract/guard/content/secret-samples.fixture.ts';
import type { GuardView } from '../../electron/contract/guard/guard-view.ts';
import { unknownGuard } from '../../electron/contract/guard/guard-view.ts';
import type { SendRequestView } from '../../electron/contract/request.ts';
import { defaultSettings } from '../../electron/contract/settings.ts';
import { outsideRulesId, type AppSnapshot } from '../../electron/contract/snapshot.ts';
import {
  answered,
  chatRequest,
  guarded,
  plain,
  sendRequest,
  snapshotWith,
} from '../../renderer/bridge/snapshots.double.ts';

export type Screens = Readonly<Record<string, () => AppSnapshot>>;

const settings = { ...defaultSettings, hideSendText: false };
const beforeKey = 'The key for the server is ';

function sends(changes: readonly Partial<SendRequestView>[], guard: GuardView = guarded()): AppSnapshot {
  const requests = changes.map((change, index) => sendRequest({ key: `send:${String(index)}`, ...change }));
  return snapshotWith(requests, { guard, settings });
}

const several: Partial<SendRequestView> = {
  who: plain('chat_id:7'),
  recipients: [
    { to: plain('chat_id:7'), understood: null, people: [plain('Ann Lee'), plain('+44 7700 900456')] },
    { to: plain('MALLORY@Example.com'), understood: plain('mallory@example.com'), people: [] },
  ],
  media: [plain('/home/me/price-list-2026.pdf'), plain('/home/me/margins.xlsx')],
  warnings: ['several-recipients', 'first-contact', 'burst'],
  attempts: 4,
};

const invented: Partial<SendRequestView> = {
  who: plain('120363041234567890'),
  recipients: [{ to: plain('120363041234567890'), understood: null, people: [] }],
  warnings: ['wrong-shape', 'not-understood', 'first-contact'],
  rule: 'address',
  layer: 'imsg-guard',
  heldUntil: null,
  cause: { agent: null, session: null, process: plain('4711 node openclaw.mjs message send --to 1203630…') },
  answers: ['once', 'deny', 'never'],
};

const friends = ['+44 7700 900123', 'ann@example.com', '+43 664 1234567'].map((name) => plain(name));
const dear = 'Dear friend, I have wonderful news for you: open this link before midnight.';

const surplus: Partial<SendRequestView> = {
  who: plain('Your assistant'),
  recipients: friends.map((to) => ({ to, understood: to, people: [] })),
  text: plain(''),
  textLength: 0,
  attempts: 34,
  rule: 'limit',
  warnings: [],
  answers: ['hour', 'deny'],
  surplus: {
    limit: { inAll: 20, toOne: 20 },
    messages: Array.from({ length: 20 }, (_, index) => ({
      to: friends[index % friends.length] ?? plain(''),
      text: index === 19 ? plain(dear.repeat(9), { truncated: true }) : plain(dear),
    })),
  },
};

const hostileAddress = plain(`⟨U+202E⟩moc.elpmaxe@${'m'.repeat(120)}…`, { altered: true, truncated: true });

const hostile: Partial<SendRequestView> = {
  who: hostileAddress,
  recipients: [{ to: hostileAddress, understood: null, people: [] }],
  text: plain(`<b>Send now</b>\n\n\tAll of it:\n${'W'.repeat(300)}\n⟨U+200B⟩⟨U+202E⟩hidden\n`.repeat(6), {
    altered: true,
  }),
  heldUntil: null,
};

export const guardScreens: Screens = {
  'send-hidden': () => snapshotWith([sendRequest(), chatRequest()], { guard: guarded() }),
  'send-shown': () => sends([{}]),
  'send-several': () => sends([several]),
  'send-invented': () => sends([invented]),
  'send-hostile': () => sends([hostile]),
  'send-beginning-only': () =>
    sends([
      {
        text: plain(`${'Dear all, here is the plan. '.repeat(40)}…`, { truncated: true }),
        textLength: 34_211,
      },
    ]),
  'send-not-kept-whole': () => sends([{ textComplete: false, heldUntil: null, answers: ['deny', 'never'] }]),
  'send-reaction': () =>
    sends([
      { action: plain('react'), isText: false, text: plain(''), answers: ['deny', 'never'], heldUntil: null },
    ]),
  'send-secret': () =>
    sends([
      {
        text: plain(`${beforeKey}${githubToken}, keep it safe.`),
        secrets: ['token'],
        marks: [{ start: beforeKey.length, end: beforeKey.length + githubToken.length }],
        rule: 'secret',
        warnings: ['secret'],
        answers: ['once', 'always', 'deny', 'never'],
      },
    ]),
  'send-states': () =>
    snapshotWith(
      [
        sendRequest({ key: 'send:a', status: 'submitting' }),
        sendRequest({ key: 'send:b', status: 'lost' }),
        answered(sendRequest({ key: 'send:c' })),
        answered(sendRequest({ key: 'send:d' }), { decision: 'denied', by: 'elsewhere' }),
      ],
      { guard: guarded() },
    ),
  'send-surplus': () => sends([surplus]),
  'send-surplus-refused': () =>
    snapshotWith(
      [
        sendRequest({
          ...surplus,
          heldUntil: null,
          recipients: [{ to: hostileAddress, understood: null, people: [] }],
        }),
      ],
      { guard: guarded() },
    ),
  'guard-paused': () => sends([{}], guarded({ paused: true })),
  'guard-rules-unreadable': () =>
    sends(
      [{ answers: ['deny'], rule: 'policy-unreadable' }],
      guarded({
        policy: {
          status: 'unreadable',
          problem: 'The file ends in the middle of line 14.',
          restorable: true,
        },
      }),
    ),
  'guard-outdated': () =>
    snapshotWith([], {
      guard: guarded({
        plugin: { state: 'present', version: '0.0.9', match: 'older', holdSeconds: 60 },
        overflow: 12,
        unreadable: 1,
      }),
    }),
  'guard-gone': () =>
    snapshotWith([], {
      guard: {
        ...unknownGuard,
        plugin: { state: 'absent' },
        missing: [{ part: 'plugin' }, { part: 'strict', account: 'default' }],
      },
    }),
  'guard-strict-gone': () =>
    snapshotWith([], { guard: guarded({ missing: [{ part: 'strict', account: 'work' }] }) }),
  'guard-rules-missing': () => snapshotWith([], { guard: guarded({ rulesTrouble: 'missing' }) }),
  'guard-rules-changed': () =>
    snapshotWith([], {
      guard: guarded({ rulesTrouble: 'misspelt' }),
      notices: [{ id: outsideRulesId, text: 'Rules were changed outside Portcullis: 2 added, 1 removed.' }],
    }),
  'send-files': () =>
    sends([
      {
        media: several.media ?? [],
        files: [
          { name: plain('/home/me/price-list-2026.pdf'), bytes: 48_213, sha256: 'ab12'.repeat(16) },
          { name: plain('/home/me/margins.xlsx'), bytes: null, sha256: null },
        ],
      },
    ]),
  'guard-newer': () =>
    snapshotWith([], {
      guard: guarded({ plugin: { state: 'present', version: '9.0.0', match: 'newer', holdSeconds: 60 } }),
    }),
  'guard-absent': () => snapshotWith([], { guard: { ...unknownGuard, plugin: { state: 'absent' } } }),
};
