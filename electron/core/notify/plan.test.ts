import { describe, expect, it } from 'vitest';
import type { RequestView } from '../../contract/request.ts';
import { chat, device, node } from '../requests/requests.fixture.ts';
import { ids, input, planner, shown, shownIds, viewOf } from './notify.fixture.ts';
import type { PlanInput } from './plan.ts';

function labels(request: RequestView, more: Partial<PlanInput> = {}): readonly string[] {
  return planner()
    .planner.plan(input([request], more))
    .show.flatMap(({ actions }) => actions.map(({ label }) => label));
}

const nothing = { show: [], close: [] };

describe('a notification', () => {
  it('says who wants what, with Deny first and Approve last, and opens on a plain click', () => {
    const { planner: it, activations } = planner();
    const { show, close, suppressed } = it.plan(input([viewOf(chat('c1'))]));
    expect([close, suppressed]).toEqual([[], []]);
    expect(show).toEqual([
      {
        id: 'request:chat:c1',
        title: '+15551230001 wants to message your assistant',
        body: 'iMessage · account default\nApprove lets them talk to your assistant.',
        urgency: 'critical',
        actions: [
          { label: 'Deny', token: 't1' },
          { label: 'Approve', token: 't2' },
        ],
        openToken: 't3',
      },
    ]);
    expect(['t1', 't2', 't3'].map((token) => activations.take(token).intent)).toEqual([
      { type: 'deny', key: 'chat:c1', revision: 1 },
      { type: 'approve', key: 'chat:c1', revision: 1 },
      { type: 'open', key: 'chat:c1' },
    ]);
  });

  it.each([
    [
      device('d1', { remoteIp: '10.0.0.5' }),
      'Bob laptop wants to control your gateway',
      [
        'Windows · 10.0.0.5 · key 19d1 aabb ccdd eeff',
        'Rights: Read chats, settings and logs, Send messages and give the assistant work',
        'Approve lets this device use your gateway with the rights listed.',
      ],
    ],
    [
      node('n1'),
      'Lab node offers commands to your assistant',
      [
        'Linux · key 84a0 aabb ccdd eeff',
        'Commands: camera.snap',
        'Can: camera',
        'Allowed on that machine: camera.capture',
        'Approve lets your assistant run these commands on that machine.',
      ],
    ],
  ])('tells the facts of each kind ($kind)', (request, title, body) => {
    const [spec] = planner().planner.plan(input([viewOf(request)])).show;
    expect([spec?.title, spec?.body.split('\n')]).toEqual([title, body]);
  });

  it.each([
    ['needs more scope', viewOf(device('d1', { scopes: ['operator.admin'] }))],
    ['has a concealed name', viewOf(device('d1', { displayName: 'Bob\u202E' }))],
    ['has a name that was cut', viewOf(device('d1', { displayName: 'B'.repeat(200) }))],
    ['has a title that does not fit', viewOf(device('d1', { displayName: 'B'.repeat(70) }))],
    ['has more commands than fit', viewOf(node('n1', { commands: 'abcdefg'.split('') }))],
  ])('leads to the window instead of offering Approve when the request %s', (_name, view) => {
    expect(labels(view)).toEqual(['Deny', 'Review…']);
  });

  it('tells no details, and so offers no Approve, when the owner wants none shown', () => {
    const { show } = planner().planner.plan(
      input([viewOf(chat('c1'))], { settings: { ...shown, privacy: 'kind' } }),
    );
    expect(show).toMatchObject([
      {
        title: 'A chat contact asks to be let in',
        body: 'Open Portcullis to see who.',
        actions: [{ label: 'Deny' }, { label: 'Review…' }],
      },
    ]);
  });

  it('uses only its own words, and no buttons, where text from outside is not safe', () => {
    const capabilities = { shows: true, actions: false, fixedTextOnly: true };
    const { show } = planner().planner.plan(
      input([viewOf(device('d1', { displayName: '--app-name=Evil' }))], { capabilities }),
    );
    expect(show).toMatchObject([
      { title: 'A device asks to be let in', body: 'Open Portcullis to see which.', actions: [] },
    ]);
  });

  it('puts what went wrong first', () => {
    const [spec] = planner().planner.plan(input([viewOf(chat('c1'), { note: 'Not confirmed.' })])).show;
    expect(spec?.body.split('\n')[0]).toBe('Not confirmed.');
  });
});

describe('the planner', () => {
  it('shows nothing twice, and again when the facts change', () => {
    const { planner: it } = planner();
    it.plan(input([viewOf(chat('c1'))]));
    expect(it.plan(input([viewOf(chat('c1'))]))).toEqual({
      ...nothing,
      suppressed: [{ key: 'chat:c1', reason: 'already-shown' }],
    });
    expect(shownIds(it.plan(input([viewOf(chat('c1'), { revision: 2 })])))).toEqual(['request:chat:c1']);
  });

  it.each([['submitting'], ['settled'], ['expired'], ['lost']] as const)(
    'withdraws it when the request is %s',
    (status) => {
      const { planner: it, activations } = planner();
      const [spec] = it.plan(input([viewOf(chat('c1'))])).show;
      expect(it.plan(input([viewOf(chat('c1'), { status })]))).toEqual({
        show: [],
        close: ['request:chat:c1'],
        suppressed: [],
      });
      expect(activations.take(spec?.actions[1]?.token ?? '').intent).toEqual({ type: 'open', key: null });
    },
  );

  it('does not come back after the owner waved it away, unless the request changes or comes back', () => {
    const { planner: it } = planner();
    it.plan(input([viewOf(chat('c1'))]));
    it.gone('request:chat:c1', 'dismissed');
    expect(it.plan(input([viewOf(chat('c1'))]))).toEqual({
      ...nothing,
      suppressed: [{ key: 'chat:c1', reason: 'dismissed' }],
    });
    expect(shownIds(it.plan(input([viewOf(chat('c1'), { revision: 2 })])))).toEqual(['request:chat:c1']);
    it.gone('request:chat:c1', 'expired');
    it.plan(input([viewOf(chat('c1'), { revision: 2, status: 'submitting' })]));
    expect(shownIds(it.plan(input([viewOf(chat('c1'), { revision: 2, note: 'Lost.' })])))).toEqual([
      'request:chat:c1',
    ]);
  });

  it('shows everything again after the notification service went away, except what was waved away', () => {
    const { planner: it } = planner();
    const requests = [viewOf(chat('c1')), viewOf(chat('c2'))];
    it.plan(input(requests));
    it.gone('request:chat:c1', 'dismissed');
    it.gone('request:chat:c2', 'daemon-gone');
    expect(shownIds(it.plan(input(requests)))).toEqual(['request:chat:c2']);
  });

  it('tries again when the service could not show it', () => {
    const { planner: it } = planner();
    it.plan(input([viewOf(chat('c1'))]));
    it.failed('request:chat:c1');
    expect(shownIds(it.plan(input([viewOf(chat('c1'))])))).toEqual(['request:chat:c1']);
  });

  it('groups more than three into one, without Approve', () => {
    const { planner: it, activations } = planner();
    it.plan(input(ids.slice(0, 3).map((id) => viewOf(chat(id)))));
    const { show, close } = it.plan(input(ids.map((id) => viewOf(chat(id)))));
    expect(close).toEqual(['request:chat:c1', 'request:chat:c2', 'request:chat:c3']);
    expect(show).toMatchObject([
      { id: 'requests', title: '4 requests are waiting', actions: [{ label: 'Open Portcullis' }] },
    ]);
    const tokens = show.flatMap((spec) => [spec.openToken, ...spec.actions.map(({ token }) => token)]);
    expect(tokens.map((token) => activations.take(token).intent)).toEqual([
      { type: 'open', key: null },
      { type: 'open', key: null },
    ]);
  });

  it('counts requests beyond the visible ones', () => {
    const { planner: it } = planner();
    const { show } = it.plan(input([viewOf(chat('c1'))], { openCount: 100_000 }));
    expect(show.map(({ title }) => title)).toEqual(['100000 requests are waiting']);
  });

  it('stays grouped until all are answered, so that answering one does not make three others pop up', () => {
    const { planner: it } = planner();
    const views = ids.map((id) => viewOf(chat(id)));
    it.plan(input(views));
    expect(it.plan(input(views.slice(1))).show).toMatchObject([
      { id: 'requests', title: '3 requests are waiting' },
    ]);
    expect(it.plan(input([]))).toEqual({ show: [], close: ['requests'], suppressed: [] });
    expect(shownIds(it.plan(input([viewOf(chat('c9'))])))).toEqual(['request:chat:c9']);
  });

  it('announces only newcomers after the group was waved away', () => {
    const { planner: it } = planner();
    const views = ids.map((id) => viewOf(chat(id)));
    it.plan(input(views));
    it.gone('requests', 'dismissed');
    expect(it.plan(input(views)).show).toEqual([]);
    expect(shownIds(it.plan(input([...views, viewOf(chat('c5'))])))).toEqual(['request:chat:c5']);
  });

  it('keeps what is on screen and adds nothing while not connected', () => {
    const { planner: it } = planner();
    it.plan(input([viewOf(chat('c1')), viewOf(chat('c2'))]));
    const meanwhile = [viewOf(chat('c1')), ...['c3', 'c4', 'c5'].map((id) => viewOf(chat(id)))];
    expect(it.plan(input(meanwhile, { ready: false }))).toMatchObject({
      show: [],
      close: ['request:chat:c2'],
    });
    expect(shownIds(it.plan(input([viewOf(chat('c1')), viewOf(chat('c3'))])))).toEqual(['request:chat:c3']);
  });

  it.each([
    ['turned-off', { settings: { ...shown, enabled: false } }],
    ['not-available', { capabilities: { shows: false, actions: false, fixedTextOnly: false } }],
  ])('closes everything and says why when %s', (reason, more) => {
    const { planner: it } = planner();
    it.plan(input([viewOf(chat('c1'))]));
    expect(it.plan(input([viewOf(chat('c1'))], more))).toEqual({
      show: [],
      close: ['request:chat:c1'],
      suppressed: [{ key: 'chat:c1', reason }],
    });
  });
});
