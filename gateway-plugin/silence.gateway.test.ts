/** Who hears what in a real gateway: each state of the silence switch, for everybody who may write, and per account. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../electron/contract/result.ts';
import { silenceConfigSuite } from './silence-config.suite.ts';
import { becomes } from './testing/app-beside.fixture.ts';
import { answered, asksSilently, getsCode, ignored } from './testing/outcome.fixture.ts';
import type { Account, Writer } from './testing/outcome.fixture.ts';
import { group, inAllowFrom, inGroup, SilenceWorld } from './testing/silence-world.fixture.ts';
import { nextStranger } from './testing/ways-out.fixture.ts';

let world: SilenceWorld;
/** In the default account, in the order of the approvals. */
const approved: string[] = [];

const stranger = (account: Account = 'default'): Writer => ({ person: nextStranger(), account });
const to = (account: Account, person: string): Writer => ({ person, account });
const member = to('work', inGroup);
const friend = to('default', inAllowFrom);

beforeAll(async () => {
  world = await SilenceWorld.start();
  approved.push(await world.approvedByPairing('default'));
});

afterAll(async () => {
  await world.stop();
});
afterEach(async () => {
  await world.reset();
});

describe('each state, for a stranger, somebody blocked, approved by pairing, in allowFrom, and in another account', () => {
  async function everybody(): Promise<Readonly<Record<string, Writer>>> {
    return {
      stranger: stranger(),
      blocked: to('default', await world.blocked()),
      approved: to('default', approved[0] ?? ''),
      inAllowFrom: friend,
      strangerElsewhere: stranger('work'),
      memberElsewhere: member,
    };
  }
  const letIn = { approved: answered, inAllowFrom: answered, memberElsewhere: answered };

  it('answer: a stranger gets exactly what the preview says, and asks', async () => {
    await world.expectOutcomes(await everybody(), {
      ...letIn,
      stranger: getsCode,
      blocked: ignored,
      strangerElsewhere: getsCode,
    });
  });

  it('ask: a stranger hears nothing, and asks; the config stays as it is', async () => {
    const before = world.configText();
    await world.switchTo('ask');
    await world.expectOutcomes(await everybody(), {
      ...letIn,
      stranger: asksSilently,
      blocked: ignored,
      strangerElsewhere: getsCode,
    });
    expect(world.configText()).toBe(before);
  });

  it('ignore: a stranger hears nothing and does not ask, and nobody approved is locked out', async () => {
    const before = world.configText();
    await world.switchTo('ignore');
    expect(world.accountInConfig('default')).toEqual({
      allowFrom: [inAllowFrom, ...approved],
      dmPolicy: 'allowlist',
    });
    await world.expectOutcomes(await everybody(), {
      ...letIn,
      stranger: ignored,
      blocked: ignored,
      strangerElsewhere: getsCode,
    });
    await world.switchTo('answer');
    expect(world.configText()).toBe(before);
  });
});

describe('asked silently', () => {
  const again = async (person: string): Promise<void> => {
    await world.expectOutcomes(
      { stranger: to('default', person), friend },
      { stranger: asksSilently, friend: answered },
    );
  };

  it('a stranger who writes again and again hears nothing, also after a denial, until they are approved', async () => {
    await world.switchTo('ask');
    const { person } = stranger();
    // Denied at the end, so that the gateway has a new code to tell.
    await again(person);
    await again(person);
    await world.guarded.gateway.imsg.receive(person, 'hello?');
    await becomes(() => world.asking(person, 'default') !== undefined, true);
    // While the request waits.
    await again(person);
    await world.guarded.gateway.imsg.receive(person, 'please?');
    await becomes(() => world.asking(person, 'default') !== undefined, true);
    await world.approve(person, 'default');
    approved.push(person);
    await world.expectOutcomes({ person: to('default', person) }, { person: answered });
  });
});

describe('one account with an access group in its allowFrom', () => {
  const everybody = () => ({
    elsewhere: stranger(),
    friend,
    stranger: stranger('work'),
    member,
  });

  it('asks silently, and the other account still answers', async () => {
    await world.switchTo('ask', 'work');
    await world.expectOutcomes(everybody(), {
      elsewhere: getsCode,
      friend: answered,
      stranger: asksSilently,
      member: answered,
    });
  });

  it('ignores, keeps the members let in beside the approved, and is taken back to the byte', async () => {
    const colleague = await world.approvedByPairing('work');
    const before = world.configText();
    const was = world.accountInConfig('work');
    const plan = await world.plan('ignore', 'work');
    expect(plan).toMatchObject({
      value: {
        carriedOver: [{ entry: colleague }],
        warnings: [{ kind: 'access-groups', groups: [{ text: group }] }],
        applicable: true,
      },
    });
    if (!plan.ok) throw new Error(plan.error.message);
    await world.apply(plan.value);
    expect(world.accountInConfig('work')).toEqual({
      ...(was as object),
      allowFrom: [group, colleague],
      dmPolicy: 'allowlist',
    });
    await world.expectOutcomes(
      { ...everybody(), colleague: to('work', colleague) },
      {
        elsewhere: getsCode,
        friend: answered,
        stranger: ignored,
        member: answered,
        colleague: answered,
      },
    );
    expect(await world.app.handlers['silence.undo']({ account: 'work', confirmed: true })).toEqual(ok(null));
    await world.settled('work');
    expect(world.configText()).toBe(before);
    await world.expectOutcomes(
      { stranger: stranger('work'), member },
      { stranger: getsCode, member: answered },
    );
  });

  it('with * lets everybody in whatever the switch says, as the preview warns', async () => {
    const before = world.configText();
    const changed = before.replace(`"${group}"`, '"*"');
    expect(changed).not.toBe(before);
    world.writeConfig(changed);
    await becomes(() => world.account('work')?.wildcard, true);
    const plan = await world.plan('ignore', 'work');
    expect(plan).toMatchObject({ value: { warnings: [{ kind: 'wildcard' }] } });
    if (!plan.ok) throw new Error(plan.error.message);
    await world.apply(plan.value);
    expect(world.account('work')).toMatchObject({ mode: 'ignore', wildcard: true });
    await world.expectOutcomes({ stranger: stranger('work') }, { stranger: answered });
    expect(await world.app.handlers['silence.undo']({ account: 'work', confirmed: true })).toEqual(ok(null));
    await world.settled('work');
    expect(world.configText()).toBe(changed);
    await world.expectOutcomes({ stranger: stranger('work') }, { stranger: answered });
  });
});

silenceConfigSuite(
  () => world,
  () => approved,
);
