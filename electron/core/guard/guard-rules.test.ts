import { beforeEach, describe, expect, it } from 'vitest';
import { friend } from '../../contract/guard/decide.fixture.ts';
import { emptyPolicy, type Policy } from '../../contract/guard/policy.ts';
import type { RuleChange } from '../../contract/guard/rule-change.ts';
import type { JournalFact } from '../../contract/journal.ts';
import { ok } from '../../contract/result.ts';
import { GuardRules } from './guard-rules.ts';
import { guardWorld, type GuardWorld } from './guard.fixture.ts';

let world: GuardWorld;
let rules: GuardRules;
let screenLocked: boolean;
let stored: Policy[];
let noted: JournalFact[];

beforeEach(() => {
  world = guardWorld();
  screenLocked = false;
  stored = [];
  noted = [];
  rules = new GuardRules({
    calls: world.calls,
    screenLocked: () => screenLocked,
    onStored: (policy) => stored.push(policy),
    note: (fact) => noted.push(fact),
  });
});

const allow: RuleChange = {
  type: 'allow',
  channel: 'imessage',
  account: 'default',
  rules: [{ to: '(555) 123-0001', until: null, note: 'Eva' }],
};
const open = { channel: 'imessage', account: 'default', unlisted: 'allow', pairingReply: 'send', denyTo: [] };
const writes = (): readonly string[] => world.asked.filter((method) => !method.endsWith('.get'));

describe('a change', () => {
  it('is stored with the revision it was made from, and comes back with its undo', async () => {
    const policy = {
      ...emptyPolicy,
      revision: 2,
      region: 'US',
      accounts: [{ ...open, allowTo: [{ to: friend, until: null, note: 'Eva' }] }],
    };
    const done = await rules.change({ revision: 1, change: allow });
    expect(done).toEqual(
      ok({
        rules: { status: 'ready', policy },
        undo: { type: 'account', channel: 'imessage', account: 'default', entry: null },
      }),
    );
    expect([world.plugin.policy, stored]).toEqual([policy, [policy]]);
  });

  it('is undone by storing its undo', async () => {
    const done = await rules.change({ revision: 1, change: allow });
    if (!done.ok) throw new Error(done.error.message);
    await rules.change({ revision: 2, change: done.value.undo });
    expect(world.plugin.policy).toEqual({ ...emptyPolicy, revision: 3, region: 'US' });
  });

  it('starts the first rules where there are none', async () => {
    world.plugin.status = 'absent';
    world.plugin.policy = emptyPolicy;
    expect(await rules.change({ revision: 0, change: { type: 'region', region: 'AT' } })).toMatchObject({
      ok: true,
      value: { rules: { status: 'ready', policy: { revision: 1, region: 'AT' } } },
    });
  });

  it('of rules somebody else changed since is not stored', async () => {
    expect(await rules.change({ revision: 0, change: allow })).toMatchObject({
      error: { code: 'rules-changed' },
    });
    expect([writes(), stored]).toEqual([[], []]);
  });

  it('that somebody else was faster than changes nothing of theirs', async () => {
    const theirs = { ...emptyPolicy, revision: 7 };
    world.plugin.beforeSet = () => {
      world.plugin.policy = theirs;
    };
    expect(await rules.change({ revision: 1, change: allow })).toMatchObject({
      error: { code: 'rules-changed' },
    });
    expect([world.plugin.policy, stored]).toEqual([theirs, []]);
  });

  it('with an address nobody can match is refused with the reason', async () => {
    const change: RuleChange = { ...allow, rules: [{ to: 'Eva', until: null, note: '' }] };
    expect(await rules.change({ revision: 1, change })).toMatchObject({
      error: { code: 'rules-invalid', message: expect.stringContaining('name') as string },
    });
    expect(writes()).toEqual([]);
  });

  it('is refused while the screen is locked', async () => {
    screenLocked = true;
    expect(await rules.change({ revision: 1, change: allow })).toMatchObject({
      error: { code: 'not-armed' },
    });
    expect(world.asked).toEqual([]);
  });

  it('of rules that cannot be read is refused', async () => {
    world.plugin.status = 'unreadable';
    expect(await rules.change({ revision: 1, change: allow })).toMatchObject({
      error: { code: 'rules-unreadable' },
    });
    expect(writes()).toEqual([]);
  });

  it.each([
    ['CONNECTION_LOST', 'connection-lost'],
    ['TIMEOUT', 'gateway-timeout'],
    ['UNAVAILABLE', 'gateway-refused'],
    ['INVALID_REQUEST', 'rules-invalid'],
  ])('that is answered with %s fails as %s', async (failure, code) => {
    Object.assign(world.instead, { failure, only: 'rules.set' });
    expect(await rules.change({ revision: 1, change: allow })).toMatchObject({ error: { code } });
  });
});

describe('pausing', () => {
  it('stops everything and is shown', async () => {
    expect(await rules.pause(true)).toEqual(ok(null));
    expect([world.plugin.policy?.paused, stored.at(-1)?.paused]).toEqual([true, true]);
  });

  it('works before there are rules', async () => {
    world.plugin.status = 'absent';
    world.plugin.policy = emptyPolicy;
    expect(await rules.pause(true)).toEqual(ok(null));
    expect(world.plugin.policy).toEqual({ ...emptyPolicy, revision: 1, paused: true });
  });

  it('does not depend on whoever changed the other rules just now', async () => {
    let faster = 1;
    world.plugin.beforeSet = () => {
      if (faster-- > 0) world.plugin.policy = { ...emptyPolicy, revision: 7, region: 'AT' };
    };
    expect(await rules.pause(true)).toEqual(ok(null));
    expect(world.plugin.policy).toEqual({ ...emptyPolicy, revision: 8, region: 'AT', paused: true });
  });

  it('gives up when somebody is always faster', async () => {
    let revision = 10;
    world.plugin.beforeSet = () => {
      world.plugin.policy = { ...emptyPolicy, revision: (revision += 1) };
    };
    expect(await rules.pause(true)).toMatchObject({ error: { code: 'rules-changed' } });
    expect(writes()).toHaveLength(2);
  });

  it('works while the screen is locked; resuming does not', async () => {
    screenLocked = true;
    expect(await rules.pause(true)).toEqual(ok(null));
    expect(await rules.pause(false)).toMatchObject({ error: { code: 'not-armed' } });
    expect(world.plugin.policy?.paused).toBe(true);
    screenLocked = false;
    expect(await rules.pause(false)).toEqual(ok(null));
    expect(world.plugin.policy?.paused).toBe(false);
  });

  it.each<[string, () => void, string]>([
    ['the plugin is not there', () => (world.plugin.version = null), 'unsupported'],
    ['the rules cannot be read', () => (world.plugin.status = 'unreadable'), 'rules-unreadable'],
    ['the connection is gone', () => (world.instead.failure = 'CONNECTION_LOST'), 'not-connected'],
    ['the gateway says nothing', () => (world.instead.failure = 'TIMEOUT'), 'gateway-timeout'],
  ])('says why it could not when %s', async (_what, happens, code) => {
    happens();
    expect(await rules.pause(true)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('restoring', () => {
  it('goes back to the last rules that could be read', async () => {
    world.plugin.status = 'unreadable';
    const policy = { ...emptyPolicy, revision: 2, region: 'US' };
    expect(await rules.restore()).toEqual(ok({ status: 'ready', policy }));
    expect(stored).toEqual([policy]);
  });

  it('never goes back to no rules at all, which would let everything out', async () => {
    world.plugin.status = 'unreadable';
    world.plugin.policy = null;
    expect(await rules.restore()).toMatchObject({ error: { code: 'rules-unreadable' } });
    expect(writes()).toEqual([]);
  });

  it('leaves rules alone that can be read', async () => {
    expect(await rules.restore()).toMatchObject({ ok: true, value: { status: 'ready' } });
    expect(writes()).toEqual([]);
  });

  it('is refused while the screen is locked', async () => {
    screenLocked = true;
    expect(await rules.restore()).toMatchObject({ error: { code: 'not-armed' } });
  });
});

describe('the journal', () => {
  const summaries = () =>
    noted.map((fact) => (fact.kind === 'rules-changed' ? `${fact.by}: ${fact.summary}` : fact));

  it('hears of every change that was stored, without the owner’s notes', async () => {
    await rules.change({ revision: 1, change: allow });
    await rules.pause(true);
    await rules.pause(false);
    world.plugin.status = 'unreadable';
    await rules.restore();
    expect(summaries()).toEqual([
      'us: iMessage: allowed +15551230001',
      'us: All sends paused',
      'us: Sends resumed',
      'us: The last readable rules were restored',
    ]);
    expect(JSON.stringify(noted)).not.toContain('Eva');
  });

  it('hears nothing of a change that was refused, or where there was nothing to restore', async () => {
    await rules.change({ revision: 0, change: allow });
    await rules.restore();
    world.instead.failure = 'TIMEOUT';
    await rules.pause(true);
    expect(noted).toEqual([]);
  });
});

it('reads the rules, or the last that could be read', async () => {
  world.plugin.status = 'unreadable';
  expect(await rules.read()).toEqual(
    ok({ status: 'unreadable', policy: { ...emptyPolicy, revision: 1, region: 'US' } }),
  );
});
