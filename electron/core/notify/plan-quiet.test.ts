import { describe, expect, it } from 'vitest';
import { chat, device } from '../requests/requests.fixture.ts';
import { ids, input, planner, shown, shownIds, viewOf } from './notify.fixture.ts';
import type { PlanInput } from './plan.ts';

const nothing = { show: [], close: [] };

describe('quiet', () => {
  const burst = (...members: readonly string[]): PlanInput['alarm'] => ({
    kind: 'burst',
    episode: 'one',
    members: new Set(members),
  });
  const all = ['chat:c1', 'chat:c2', 'chat:c3'];
  const views = ids.slice(0, 3).map((id) => viewOf(chat(id)));

  it('is kept about a sender the owner heard of today', () => {
    const { planner: it } = planner();
    const plan = it.plan(input([viewOf(chat('c1'))], { isBackedOff: ({ key }) => key === 'chat:c1' }));
    expect(plan).toEqual({ ...nothing, suppressed: [{ key: 'chat:c1', reason: 'backed-off' }] });
  });

  it('has one notification stand for a burst, in place of those shown before', () => {
    const { planner: it } = planner();
    it.plan(input(views.slice(0, 2)));
    const { show, close, suppressed } = it.plan(
      input([...views, viewOf(device('d1'))], { alarm: burst(...all) }),
    );
    expect(close).toEqual(['request:chat:c1', 'request:chat:c2']);
    expect(show.map(({ id, title, actions }) => [id, title, actions.map(({ label }) => label)])).toEqual([
      ['suspicious-activity', 'Suspicious: many strangers ask at once', ['Open Portcullis']],
      ['request:device:d1', 'Bob laptop wants to control your gateway', ['Deny', 'Approve']],
    ]);
    expect(suppressed.map(({ reason }) => reason)).toEqual(['in-alarm', 'in-alarm', 'in-alarm']);
    expect(it.membersOf('suspicious-activity')).toEqual(all);
  });

  it('says nothing more when others join, or after it was waved away, until the next burst', () => {
    const { planner: it } = planner();
    it.plan(input(views, { alarm: burst(...all) }));
    const more = [...views, viewOf(chat('c4'))];
    expect(it.plan(input(more, { alarm: burst(...all, 'chat:c4') }))).toMatchObject(nothing);
    it.gone('suspicious-activity', 'dismissed');
    const joined = [...more, viewOf(chat('c5'))];
    expect(it.plan(input(joined, { alarm: burst(...all, 'chat:c4', 'chat:c5') }))).toMatchObject(nothing);
    const next = { kind: 'burst', episode: 'two', members: new Set(['chat:c6']) } as const;
    expect(shownIds(it.plan(input([...joined, viewOf(chat('c6'))], { alarm: next })))).toContain(
      'suspicious-activity',
    );
  });

  it('takes the alarm away when everyone in it is answered', () => {
    const { planner: it } = planner();
    it.plan(input(views, { alarm: burst(...all) }));
    expect(it.plan(input([], { alarm: burst(...all) }))).toMatchObject({
      show: [],
      close: ['suspicious-activity'],
    });
  });

  it('warns of a full waiting list beside the requests in it, also over a lost connection', () => {
    const { planner: it } = planner();
    const alarm: PlanInput['alarm'] = { kind: 'queue-full', episode: 'full', members: new Set() };
    expect(shownIds(it.plan(input(views, { alarm })))).toEqual([
      'suspicious-activity',
      ...all.map((key) => `request:${key}`),
    ]);
    expect(it.plan(input(views, { alarm, ready: false }))).toMatchObject(nothing);
    expect(it.plan(input(views, { alarm }))).toMatchObject(nothing);
    expect(it.plan(input(views))).toMatchObject({ show: [], close: ['suspicious-activity'] });
  });
});

describe('the kinds the owner chose', () => {
  it('are the only ones that pop up', () => {
    const { planner: it } = planner();
    const settings = { ...shown, kinds: { chat: false, devices: true, sends: true } };
    const plan = it.plan(input([viewOf(chat('c1')), viewOf(device('d1'))], { settings }));
    expect(shownIds(plan)).toEqual(['request:device:d1']);
    expect(plan.suppressed).toEqual([{ key: 'chat:c1', reason: 'turned-off' }]);
  });
});

describe('privacy', () => {
  it('at its highest tells nothing but that the owner is wanted, and takes no answer', () => {
    const settings = { ...shown, privacy: 'nothing' } as const;
    const { planner: it, activations } = planner();
    const { show } = it.plan(input([viewOf(chat('c1'))], { settings }));
    expect(show).toMatchObject([
      {
        id: 'request:chat:c1',
        title: 'Portcullis needs you',
        body: 'Open Portcullis to see why.',
        actions: [{ label: 'Open Portcullis' }],
      },
    ]);
    const tokens = show.flatMap(({ openToken, actions }) => [
      openToken,
      ...actions.map(({ token }) => token),
    ]);
    expect(tokens.map((token) => activations.take(token).intent)).toEqual([
      { type: 'open', key: 'chat:c1' },
      { type: 'open', key: 'chat:c1' },
    ]);
  });

  it('holds for what stands for many, too', () => {
    const settings = { ...shown, privacy: 'nothing' } as const;
    const { planner: it } = planner();
    const { show } = it.plan(
      input(
        ids.map((id) => viewOf(chat(id))),
        { settings },
      ),
    );
    expect(show.map(({ title }) => title)).toEqual(['Portcullis needs you']);
  });
});

describe('quiet hours', () => {
  const quiet = { quiet: true };
  const letThrough = (kind: 'chat' | 'devices' | 'sends') => ({
    quiet: true,
    settings: {
      ...shown,
      quietHours: {
        ...shown.quietHours,
        letThrough: { chat: false, devices: false, sends: false, [kind]: true },
      },
    },
  });
  const [bob, eve] = [viewOf(chat('c1')), viewOf(chat('c2', { senderId: 'eve' }))];

  it('let nothing pop up except what the owner chose', () => {
    const { planner: it } = planner();
    const plan = it.plan(input([bob, viewOf(device('d1'))], letThrough('devices')));
    expect(shownIds(plan)).toEqual(['request:device:d1']);
    expect(plan.suppressed).toEqual([{ key: 'chat:c1', reason: 'quiet-hours' }]);
  });

  it('leave on screen what was there, unless it changes', () => {
    const { planner: it } = planner();
    it.plan(input([bob]));
    expect(it.plan(input([bob], quiet))).toMatchObject(nothing);
    expect(it.plan(input([{ ...bob, revision: 2 }], quiet))).toMatchObject({
      show: [],
      close: ['request:chat:c1'],
    });
  });

  it('end with one notification of all that waits and all that is over, which says no more afterwards', () => {
    const { planner: it } = planner();
    it.plan(input([bob, eve], quiet));
    const over = { ...eve, status: 'expired' } as const;
    it.plan(input([bob, over], quiet));
    const after = it.plan(input([bob, over]));
    expect(after.show).toMatchObject([
      {
        id: 'digest',
        urgency: 'normal',
        body: '1 request is waiting. 1 is over: it expired, or was answered elsewhere. Portcullis approved nothing meanwhile.',
      },
    ]);
    expect(after.suppressed).toEqual([{ key: 'chat:c1', reason: 'in-digest' }]);
    const kim = viewOf(chat('c3', { senderId: 'kim' }));
    expect(shownIds(it.plan(input([bob, kim])))).toEqual(['request:chat:c3']);
    it.gone('digest', 'dismissed');
    expect(it.plan(input([bob, kim]))).toMatchObject(nothing);
  });

  it('have nothing to tell of what the owner answered, and close the digest with the last answer', () => {
    const { planner: it } = planner();
    const answered = {
      ...bob,
      status: 'settled',
      outcome: { decision: 'denied', by: 'us', at: 1, note: null },
    } as const;
    it.plan(input([bob], quiet));
    expect(it.plan(input([answered]))).toMatchObject(nothing);
    it.plan(input([eve], quiet));
    expect(shownIds(it.plan(input([eve])))).toEqual(['digest']);
    expect(it.plan(input([{ ...eve, status: 'submitting' }]))).toMatchObject({ show: [], close: ['digest'] });
  });

  it('tell of those that came while nobody looked, although all of them are over', () => {
    const { planner: it } = planner();
    it.plan(input([bob, eve], quiet));
    expect(it.plan(input([])).show).toMatchObject([
      {
        body: '2 are over: they expired, or were answered elsewhere. Portcullis approved nothing meanwhile.',
      },
    ]);
  });

  it('stay silent after a restart, and end with one notification of those that still wait', () => {
    planner().planner.plan(input([bob, eve], quiet));
    const { planner: restarted } = planner();
    expect(restarted.plan(input([eve], quiet))).toMatchObject(nothing);
    expect(restarted.plan(input([eve])).show).toMatchObject([
      { id: 'digest', body: '1 request is waiting. Portcullis approved nothing meanwhile.' },
    ]);
  });

  it('are no more after a restart when they are over: who waits is told of as at every start', () => {
    planner().planner.plan(input([bob, eve], quiet));
    expect(shownIds(planner().planner.plan(input([bob, eve])))).toEqual([
      'request:chat:c1',
      'request:chat:c2',
    ]);
  });

  it('keep an alarm back, unless chat contacts are let through', () => {
    const alarm = { kind: 'burst', episode: 'one', members: new Set(['chat:c1', 'chat:c2']) } as const;
    expect(planner().planner.plan(input([bob, eve], { ...quiet, alarm }))).toMatchObject(nothing);
    const loud = planner().planner.plan(input([bob, eve], { ...letThrough('chat'), alarm }));
    expect(shownIds(loud)).toEqual(['suspicious-activity']);
  });

  it('end with one notification of a burst, too; who joins it afterwards is news', () => {
    const alarm = { kind: 'burst', episode: 'one', members: new Set(['chat:c1', 'chat:c2']) } as const;
    const { planner: it } = planner();
    it.plan(input([bob, eve], { ...quiet, alarm }));
    const after = it.plan(input([bob, eve], { alarm }));
    expect(after.show).toMatchObject([
      {
        id: 'digest',
        body: 'Suspicious: many strangers asked at once. 2 requests are waiting. Portcullis approved nothing meanwhile.',
      },
    ]);
    expect(after.suppressed.map(({ reason }) => reason)).toEqual(['in-digest', 'in-digest']);
    expect(it.plan(input([bob, eve], { alarm }))).toMatchObject(nothing);
    it.gone('digest', 'dismissed');
    expect(it.plan(input([bob, eve], { alarm }))).toMatchObject(nothing);
    const kim = viewOf(chat('c3', { senderId: 'kim' }));
    const joined = { ...alarm, members: new Set([...alarm.members, 'chat:c3']) };
    expect(shownIds(it.plan(input([bob, eve, kim], { alarm: joined })))).toEqual(['suspicious-activity']);
  });

  it('end with one notification of a full waiting list, too; another one that fills is news', () => {
    const full = (episode: string) => ({ kind: 'queue-full', episode, members: new Set<string>() }) as const;
    const { planner: it } = planner();
    it.plan(input([bob, eve], { ...quiet, alarm: full('one') }));
    const after = it.plan(input([bob, eve], { alarm: full('one') }));
    expect(after.show).toMatchObject([
      {
        id: 'digest',
        body: 'The waiting list is full: the gateway drops everyone else who writes. 2 requests are waiting. Portcullis approved nothing meanwhile.',
      },
    ]);
    it.gone('digest', 'dismissed');
    expect(it.plan(input([bob, eve], { alarm: full('one') }))).toMatchObject(nothing);
    expect(shownIds(it.plan(input([bob, eve], { alarm: full('one two') })))).toEqual(['suspicious-activity']);
  });

  it('say nothing more of an alarm that was on screen before', () => {
    const alarm = { kind: 'burst', episode: 'one', members: new Set(['chat:c1']) } as const;
    const { planner: it } = planner();
    expect(shownIds(it.plan(input([bob], { alarm })))).toEqual(['suspicious-activity']);
    const joined = { ...alarm, members: new Set(['chat:c1', 'chat:c2']) };
    expect(it.plan(input([bob, eve], { ...quiet, alarm: joined }))).toMatchObject(nothing);
    expect(it.plan(input([bob, eve], { alarm: joined })).show).toMatchObject([
      { id: 'digest', body: '1 request is waiting. Portcullis approved nothing meanwhile.' },
    ]);
  });
});
