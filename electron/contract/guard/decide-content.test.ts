import { describe, expect, it } from 'vitest';
import type { SecretMode } from './content/secret-kinds.ts';
import { secretsIn } from './content/secrets-in.ts';
import { githubToken, privateKey } from './content/secret-samples.fixture.ts';
import {
  allow,
  ask,
  deny,
  friend,
  hash,
  now,
  policy,
  ready,
  send,
  stranger,
  target,
} from './decide.fixture.ts';
import { decide } from './decide.ts';
import type { Decision } from './decide.ts';
import type { ContentRules } from './content/secret-kinds.ts';
import type { PolicyState, SendTarget } from './send.ts';

const content = (change: Partial<ContentRules>): PolicyState =>
  ready({ content: { ...policy.content, ...change } });
const withMode = (token: SecretMode): PolicyState => content({ kinds: { ...policy.content.kinds, token } });
const withToken = (to: string | readonly SendTarget[], state: PolicyState = ready()): Decision =>
  decide(state, send(to, { secrets: ['token'] }), now);

const listed = allow({ rule: 'listed', to: friend, until: null });
const asked = ask({ rule: 'secret' });
const stopped = deny({ rule: 'secret' });

describe('a message with a secret in it', () => {
  it('is asked about though its recipient is allowed', () => {
    expect(withToken(friend)).toEqual(asked);
    expect(withToken([target('chat_id:4', { people: [stranger], opened: true })])).toEqual(asked);
  });

  it('is stopped, or leaves, where the owner wants that', () => {
    expect(withToken(friend, withMode('stop'))).toEqual(stopped);
    expect(withToken(friend, withMode('off'))).toEqual(listed);
    expect(withToken(stranger, withMode('stop'))).toEqual(stopped);
  });

  it('says first what is wrong with its recipient', () => {
    expect(withToken(stranger)).toEqual(ask({ rule: 'unlisted', to: stranger }));
    expect(withToken('+15551230009')).toEqual(deny({ rule: 'denied', to: '+15551230009' }));
  });

  it('leaves once the owner has let out this very text', () => {
    const once = { id: 'once-0001', channel: 'imessage', account: 'default', to: friend, textSha256: hash };
    const oneTime = [{ ...once, media: false, expiresAt: now + 1 }];
    const kinds = { ...policy.content.kinds, token: 'stop' as const };
    expect(withToken(friend, ready({ oneTime, content: { ...policy.content, kinds } }))).toEqual(
      allow({ rule: 'one-time', id: 'once-0001' }),
    );
  });

  it('is not looked at where nothing is guarded', () => {
    expect(withToken(stranger, ready({ accounts: [] }))).toEqual(allow({ rule: 'not-configured' }));
  });

  it('is asked about by the last readable rules, too', () => {
    expect(withToken(friend, { status: 'unreadable', problem: '', lastGood: policy })).toEqual(asked);
  });
});

describe('an exemption', () => {
  const exempt = content({ exempt: [{ channel: 'imessage', to: friend, kind: 'token' }] });
  it('is for one person and one kind', () => {
    expect(withToken(friend, exempt)).toEqual(listed);
    expect(withToken([target('chat_id:4', { people: [friend] })], exempt)).toMatchObject({
      verdict: 'allow',
    });
    expect(withToken('+15551230002', exempt)).toEqual(asked);
    expect(decide(exempt, send(friend, { secrets: ['token', 'private-key'] }), now)).toEqual(asked);
  });

  it('is not for others who read along', () => {
    const group = [target('group:chat777', { people: [friend, '+15551230002'] })];
    expect(withToken(group, exempt)).toEqual(asked);
    expect(withToken([target(friend), target('+15551230002')], exempt)).toEqual(asked);
  });

  it('is not for the same address on another channel', () => {
    const elsewhere = content({ exempt: [{ channel: 'whatsapp', to: friend, kind: 'token' }] });
    expect(withToken(friend, elsewhere)).toEqual(asked);
  });

  it('is given to every kind on the owner’s own addresses', () => {
    const own = content({ own: [{ channel: 'imessage', to: friend }] });
    expect(decide(own, send(friend, { secrets: ['token', 'private-key'] }), now)).toEqual(listed);
  });
});

describe('what a message carries', () => {
  const carried = (state: PolicyState, texts: readonly string[], fileNames: readonly string[] = []) =>
    secretsIn(state, { texts, fileNames });

  it('is looked for in every text and in the names of files', () => {
    expect(carried(ready(), ['Hi', `my ${githubToken}`])).toEqual(['token']);
    expect(carried(ready(), ['Hi'], [`/tmp/${githubToken}.txt`])).toEqual(['token']);
    expect(carried(ready(), ['Hi'], ['/home/me/.ssh/id_ed25519'])).toEqual(['private-key']);
    expect(carried(ready(), ['Hi'], ['C:\\keys\\server.P12'])).toEqual(['private-key']);
    expect(carried(ready(), ['Hi'], ['/home/me/.ssh/id_ed25519.pub', 'photo.jpg'])).toEqual([]);
  });

  it.each([
    '/state/media/outbound/id_rsa---0b9f4b1e-3c7e-4a6e-9d5e-2f1f6f6f2a10',
    'file:///home/me/.ssh/id%5Frsa',
    'file:///home/me/.ssh/id_rsa?x#y',
  ])('is looked for in a name however a file is named: %s', (name) => {
    expect(carried(ready(), ['Hi'], [name])).toEqual(['private-key']);
  });

  it('is only looked for where it is of concern', () => {
    expect(carried(withMode('off'), [githubToken, privateKey])).toEqual(['private-key']);
    expect(carried(ready(), ['4111111111111111'])).toEqual([]);
    expect(carried({ status: 'unreadable', problem: '', lastGood: null }, [githubToken])).toEqual(['token']);
  });
});
