/**
 * The openclaw command against the plugin alone: it sends in its own process, where no hook is asked, and the command
 * gate is all that stands there. Each run is many seconds of work: what is tried in every run of the tests is in
 * paths-unseen.suite.ts, the rest here.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BlockedSend } from '../electron/contract/guard/blocked-send.ts';
import { newAllowanceId } from './store/claims.ts';
import { allowing, startGuardedGateway, turnDeadline } from './testing/guarded-gateway.fixture.ts';
import type { GuardedGateway } from './testing/guarded-gateway.fixture.ts';
import { nextStranger, openclaw } from './testing/ways-out.fixture.ts';
import type { CommandRun } from './testing/ways-out.fixture.ts';

const listed = '+15551239999';
const refused = 'Message stopped by the Portcullis send guard.';

describe('the openclaw command, without strict mode', () => {
  let guarded: GuardedGateway;

  beforeAll(async () => {
    guarded = await startGuardedGateway({ plugin: true, strict: false, holdSeconds: 6, allowFrom: [] });
    guarded.setPolicy((policy) => ({ ...policy, region: 'US', accounts: [allowing([listed])] }));
    writeFileSync(picture(), 'a picture');
  });
  afterAll(async () => {
    await guarded.stop();
  });
  afterEach(() => {
    guarded.forgetStopped();
  });

  const picture = (): string => join(guarded.files.root, '..', 'picture.png');
  const message = (...words: readonly string[]): Promise<CommandRun> =>
    openclaw(guarded, 'message', ...words);

  async function expectStopped(to: string, ran: CommandRun): Promise<BlockedSend> {
    expect(ran).toMatchObject({ code: 1, output: expect.stringContaining(refused) as string });
    expect(await guarded.reachedImsg([to])).toEqual([]);
    const [stopped, ...others] = guarded.stoppedFor(to);
    if (stopped === undefined || others.length > 0) throw new Error('It was not written down once.');
    expect(stopped).toMatchObject({ layer: 'command', state: 'refused' });
    return stopped;
  }

  /** As the plugin does when the owner says "send once". */
  function allowOnce({ id, channel, account, textSha256, media, targets }: BlockedSend): void {
    const once = {
      id: newAllowanceId(id),
      channel,
      account: account ?? 'default',
      to: targets[0]?.key ?? '',
      textSha256,
      media: media.length > 0,
      expiresAt: Date.now() + 3_600_000,
    };
    guarded.setPolicy((policy) => ({ ...policy, oneTime: [...policy.oneTime, once] }));
  }

  it.each([
    ['send', 'send --channel imessage --target TO --message secret'],
    ['send without its channel', 'send --message=secret -tTO'],
    ['send by the channel’s other name', '--no-color send --channel imsg --json -m secret -t TO'],
    ['send with a file', 'send --channel imessage -t TO -m secret --media PICTURE'],
    ['send of a presentation', 'send --channel imessage -t TO --presentation {"text":"secret"}'],
    ['poll', 'poll --channel imessage -t TO --poll-question secret --poll-option a --poll-option b'],
    ['reaction', 'react --channel imessage -t TO --message-id m --emoji 👍'],
    ['edit', 'edit --channel imessage -t TO --message-id m -m secret'],
    ['deletion', 'delete --channel imessage -t TO --message-id m'],
    ['reply in a thread', 'thread reply --channel imessage -t TO -m secret'],
    ['sticker', 'sticker send --channel imessage -t TO --sticker-id 1'],
  ])('stops what is for somebody who is not listed: %s', async (_name, words) => {
    const to = nextStranger();
    const ran = await message(
      ...words.split(' ').map((word) => word.replace('TO', to).replace('PICTURE', picture())),
    );
    await expectStopped(to, ran);
  });

  it('broadcasts to nobody when one of them is not listed', async () => {
    const to = nextStranger();
    const ran = await message(
      'broadcast',
      '--channel',
      'imessage',
      '--message',
      'hi',
      '--targets',
      listed,
      to,
    );
    await expectStopped(to, ran);
    expect([await guarded.sentTo(listed), guarded.stoppedFor(listed)]).toEqual([[], []]);
  });

  it(
    'sends once what the owner let out once',
    async () => {
      const to = nextStranger();
      const send = (): Promise<CommandRun> =>
        message('send', '--channel', 'imessage', '-t', to, '-m', 'look');
      allowOnce(await expectStopped(to, await send()));
      guarded.forgetStopped();
      expect(await send()).toMatchObject({ code: 0 });
      expect(await send()).toMatchObject({ code: 1 });
      expect(await guarded.sentTo(to)).toEqual(['look']);
    },
    turnDeadline,
  );

  it('sends nothing unlisted while the rules cannot be read', async () => {
    const { policy, lastGood, written } = guarded.files;
    const before = [policy, lastGood, written].map((path) => [path, readFileSync(path, 'utf8')] as const);
    for (const [path, text] of before) writeFileSync(path, text.slice(0, text.length / 2));
    const to = nextStranger();
    const stopped = await expectStopped(
      to,
      await message('send', '--channel', 'imessage', '-t', to, '-m', 'x'),
    );
    expect(stopped.rule).toBe('policy-unreadable');
    for (const [path, text] of before) writeFileSync(path, text);
  });

  it('writes to somebody listed, and reads', async () => {
    expect(await message('send', '--target', listed, '--message', 'hello')).toMatchObject({ code: 0 });
    expect(await guarded.sentTo(listed)).toEqual(['hello']);
    const read = await message('read', '--channel', 'imessage', '-t', nextStranger());
    expect(read.output).not.toContain(refused);
  });

  it('is nothing to other commands', async () => {
    guarded.setPolicy((policy) => ({ ...policy, paused: true }));
    expect(await openclaw(guarded, 'status')).toMatchObject({ code: 0 });
    expect(await openclaw(guarded, 'message', 'send', '--help')).toMatchObject({ code: 0 });
  });
});
