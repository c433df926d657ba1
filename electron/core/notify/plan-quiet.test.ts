import { describe, expect, it } from 'vitest';
import { chat, device } from '../requests/requests.fixture.ts';
import { ids, input, planner, shownIds, viewOf } from './notify.fixture.ts';
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
