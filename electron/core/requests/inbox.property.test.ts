import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, type Decision } from '../../contract/request.ts';
import { GatewayWorld } from './gateway-world.double.ts';
import { openInbox } from './requests.fixture.ts';

/** Weighted by repetition: news has to arrive often enough to race with lists and answers. */
const outsideSteps = [
  ...['appear', 'appear', 'change', 'vanish', 'approve elsewhere', 'deny elsewhere'],
  ...['deliver', 'deliver', 'deliver', 'deliver', 'repeat', 'wait', 'lose connection'],
  ...['start list', 'read list', 'start and read list', 'start and read list', 'apply list', 'apply list'],
] as const;
const ownerSteps = ['submit approve', 'submit deny', 'handle call', 'answer call'] as const;
type StepName = (typeof outsideSteps)[number] | (typeof ownerSteps)[number];
interface Step {
  readonly name: StepName;
  readonly pick: number;
}

function steps(names: readonly StepName[]): fc.Arbitrary<Step[]> {
  return fc.array(fc.record({ name: fc.constantFrom(...names), pick: fc.nat(3) }), {
    minLength: 10,
    maxLength: 80,
    size: 'max',
  });
}

function newWorld(): GatewayWorld {
  const { inbox, clock } = openInbox();
  return new GatewayWorld(inbox, clock);
}

function submit(world: GatewayWorld, key: string, decision: Decision): void {
  const revision = world.inbox.get(key)?.revision ?? 0;
  const submission = world.inbox.submit({ key, revision, decision, elevate: true });
  if (submission.ok) world.call(submission.value);
}

function take(world: GatewayWorld, { name, pick }: Step): void {
  const key = world.keys[pick % Math.max(world.keys.length, 1)] ?? 'device:none';
  const actions: Readonly<Record<StepName, () => void>> = {
    appear: () => {
      if (world.keys.length < 4) world.appear(world.keys.length);
    },
    change: () => world.change(key),
    vanish: () => world.vanish(key),
    'approve elsewhere': () => {
      if (key.startsWith('send')) world.letOut(key, false);
      else world.decide(key, 'approve', false);
    },
    'deny elsewhere': () => world.denyElsewhere(key),
    deliver: () => world.deliver(pick),
    repeat: () => world.repeat(pick),
    'start list': () => world.startList(pick),
    'read list': () => world.readList(pick),
    'start and read list': () => world.startList(pick, true),
    'apply list': () => world.applyList(pick),
    'lose connection': () => world.loseConnection(),
    wait: () => world.advance(1_000 + pick * 1_000),
    'submit approve': () => submit(world, key, 'approve'),
    'submit deny': () => submit(world, key, 'deny'),
    'handle call': () => world.handleCall(pick),
    'answer call': () => world.answerCall(pick),
  };
  actions[name]();
}

/** What the inbox shows about each request, in the words of the gateway's truth. */
function shown(world: GatewayWorld) {
  return world.keys.map((key) => {
    const view = world.inbox.get(key);
    return { key, status: view?.status ?? null, who: view?.who.text ?? null, outcome: view?.outcome ?? null };
  });
}

/** Each run is a history of up to 80 steps; whole describe blocks stay within a few seconds. */
const runs = { numRuns: 1_000 };

describe('the inbox, whatever order news arrives in', { timeout: 60_000 }, () => {
  it('ends with exactly the requests that are open at the gateway, with their latest facts', () => {
    fc.assert(
      fc.property(steps([...outsideSteps, ...ownerSteps]), (plan) => {
        const world = newWorld();
        for (const step of plan) take(world, step);
        world.settleDown();
        const open = [...world.requests.values()].filter(({ state }) => state === 'open');
        const expected = open.map(({ request }) => [request.key, request.who.text]).sort();
        const { requests, openCount } = world.inbox.views(100);
        const found = requests.filter(isOpen);
        expect(found.map(({ key, who }) => [key, who.text]).sort()).toEqual(expected);
        expect(openCount).toBe(expected.length);
      }),
      runs,
    );
  });

  it('never shows an end that is not true, nor takes one back, nor calls one ours that the owner did not submit', () => {
    fc.assert(
      fc.property(steps([...outsideSteps, ...ownerSteps]), (plan) => {
        const world = newWorld();
        const given = new Set<string>();
        const decided = new Set<string>();
        const lies: unknown[] = [];
        for (const step of plan) {
          take(world, step);
          for (const view of shown(world)) {
            const { key, status, outcome } = view;
            if (status === 'submitting') given.add(key);
            const truth = world.requests.get(key)?.state;
            const isFinal = outcome !== null && outcome.decision !== 'withdrawn';
            const isTrue = outcome === null || (isFinal ? outcome.decision === truth : truth !== 'open');
            const isOurs = outcome?.by !== 'us' || given.has(key);
            const isTakenBack = decided.has(key) && status !== 'settled' && status !== null;
            if (!isTrue || !isOurs || isTakenBack) lies.push({ step, truth, view });
            if (isFinal) decided.add(key);
          }
        }
        expect(lies).toEqual([]);
      }),
      runs,
    );
  });

  it('shows the same outcome for any order and repetition of the same events', () => {
    fc.assert(
      fc.property(
        steps(['appear', 'change', 'approve elsewhere', 'deny elsewhere']),
        fc.array(fc.nat(40)),
        (plan, order) => {
          const inOrder = newWorld();
          const shuffled = newWorld();
          for (const step of plan) {
            take(inOrder, step);
            inOrder.deliver(0);
            take(shuffled, step);
          }
          for (const pick of order) {
            shuffled.deliver(pick);
            shuffled.repeat(pick);
          }
          inOrder.settleDown();
          shuffled.settleDown();
          const ends = (world: GatewayWorld) =>
            shown(world).map(({ key, status, outcome }) => ({ key, status, outcome }));
          // Nothing announces these with their facts: a list may never have held one that was answered at once.
          const withEvents = (rows: ReturnType<typeof ends>) =>
            rows.filter(({ key }) => !key.startsWith('chat') && !key.startsWith('send'));
          expect(withEvents(ends(shuffled))).toEqual(withEvents(ends(inOrder)));
        },
      ),
      runs,
    );
  });
});

describe('approval', { timeout: 60_000 }, () => {
  it('never comes from anything but the owner’s submission', () => {
    fc.assert(
      fc.property(steps([...outsideSteps, 'submit deny', 'handle call', 'answer call']), (plan) => {
        const world = newWorld();
        for (const step of plan) take(world, step);
        world.settleDown();
        expect(world.received.filter(({ decision }) => decision === 'approve')).toEqual([]);
      }),
      runs,
    );
  });

  it('reaches the gateway only for the request, and only as often, as the owner submitted it', () => {
    fc.assert(
      fc.property(steps([...outsideSteps, ...ownerSteps]), (plan) => {
        const world = newWorld();
        const given: string[] = [];
        for (const step of plan) {
          const key = world.keys[step.pick % Math.max(world.keys.length, 1)] ?? '';
          const before = world.inbox.get(key)?.status;
          take(world, step);
          const after = world.inbox.get(key)?.status;
          if (step.name.startsWith('submit') && before === 'pending' && after === 'submitting') {
            given.push(`${key} ${step.name.replace('submit ', '')}`);
          }
        }
        world.settleDown();
        for (const { key, decision } of world.received) {
          const at = given.indexOf(`${key} ${decision}`);
          expect(at).toBeGreaterThanOrEqual(0);
          given.splice(at, 1);
        }
      }),
      runs,
    );
  });
});
