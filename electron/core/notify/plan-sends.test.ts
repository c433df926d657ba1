import { describe, expect, it } from 'vitest';
import type { SendRequestView } from '../../contract/request.ts';
import { send } from '../requests/requests.fixture.ts';
import type { SendWire } from '../requests/send-wire.ts';
import { countingActivations, input, shown, viewOf } from './notify.fixture.ts';
import { NotificationPlanner, type PlanInput } from './plan.ts';

const target = { to: '+15551239999', key: '+15551239999', people: [] };

function specFor(more: Partial<SendWire> = {}, settings: PlanInput['settings'] = shown) {
  const activations = countingActivations();
  const [spec] = new NotificationPlanner(activations).plan(
    input([viewOf(send('stopped1', more))], { settings }),
  ).show;
  if (spec === undefined) throw new Error('Nothing shown.');
  const buttons = spec.actions.map(({ label, token }) => [label, activations.take(token).intent.type]);
  return { title: spec.title, body: spec.body.split('\n'), buttons };
}

const sendOnce = [
  ['Deny', 'deny'],
  ['Send once', 'approve'],
];
const review = [
  ['Deny', 'deny'],
  ['Review…', 'open'],
];

describe('a notification of a stopped message', () => {
  it('shows what is let out by a press on it', () => {
    expect(specFor()).toEqual({
      title: 'Message to +15551239999 stopped',
      body: [
        'iMessage · account default · by main',
        '“The invoice is 4,200 euro.”',
        'Send once lets exactly this message out to exactly this recipient.',
      ],
      buttons: sendOnce,
    });
  });

  it('names recipient and channel only, and lets nothing out, while the text is hidden', () => {
    expect(specFor({}, { ...shown, hideSendText: true })).toEqual({
      title: 'Message to +15551239999 stopped',
      body: ['iMessage · account default · by main', 'The text is hidden.'],
      buttons: review,
    });
  });

  it('holds no text from outside when the owner wants no details', () => {
    expect(specFor({}, { ...shown, privacy: 'kind' })).toEqual({
      title: 'A message was stopped',
      body: ['Open Portcullis to see it.'],
      buttons: review,
    });
  });

  it.each<[string, Partial<SendWire>]>([
    ['spelt in another way, which is shown', { targets: [{ ...target, to: 'sms:(555) 123-9999' }] }],
    [
      'to the one person in a conversation',
      { targets: [{ to: 'chat_id:7', key: 'chat_id:7', people: ['+15551230001'] }] },
    ],
    ['that still waits', { state: 'held', until: 1_800_000_060_000 }],
    ['of exactly one full line', { text: 'x'.repeat(150) }],
  ])('offers Send once for a text %s', (_case, more) => {
    expect(specFor(more).buttons).toEqual(sendOnce);
  });

  it.each<[string, Partial<SendWire>]>([
    ['to somebody new', { contacted: false }],
    ['to an id of another app', { targets: [{ to: '123456789012345678', key: null, people: [] }] }],
    ['to two', { targets: [target, { ...target, key: '+15551238888' }] }],
    [
      'to a conversation of nobody knows whom',
      { targets: [{ to: 'chat_id:7', key: 'chat_id:7', people: [] }] },
    ],
    [
      'to a group',
      { targets: [{ to: 'group:g', key: 'group:g', people: ['+15551230001', '+15551230002'] }] },
    ],
    ['with a file', { media: ['a.pdf'] }],
    ['that is a poll', { action: 'poll' }],
    ['without text', { text: '' }],
    ['of two lines', { text: 'One\nTwo' }],
    ['with gaps a desktop would fold', { text: 'One  Two' }],
    ['longer than one line', { text: 'x'.repeat(151) }],
    ['longer than what is shown anywhere', { text: 'x'.repeat(5_000) }],
    ['that was not kept whole', { textComplete: false }],
    ['with something concealed', { text: 'Hi\u202Ethere' }],
    ['with letters that look alike', { text: 'pаypal' }],
  ])('leads to the window for one %s', (_case, more) => {
    const { buttons, body } = specFor(more);
    expect([buttons, body.some((line) => line.startsWith('Send once'))]).toEqual([review, false]);
  });

  it('leads to the window while all sends are paused', () => {
    const paused: Partial<SendRequestView> = { answers: ['deny', 'never'] };
    const [spec] = new NotificationPlanner(countingActivations()).plan(
      input([viewOf(send('stopped1'), paused)]),
    ).show;
    expect(spec?.actions.map(({ label }) => label)).toEqual(['Deny', 'Review…']);
  });

  it('says in short what is worth a second look', () => {
    expect(
      specFor({ contacted: false, text: 'a\nb', media: ['a', 'b'], action: 'upload-file' }).body,
    ).toEqual([
      expect.stringContaining('Portcullis cannot send this itself'),
      'iMessage · account default · by main',
      'First contact',
      'Action: upload-file',
      'Files: 2',
      'Open Portcullis to read the text.',
    ]);
  });
});
