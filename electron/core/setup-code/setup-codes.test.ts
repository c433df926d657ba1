import { beforeEach, describe, expect, it } from 'vitest';
import type { JournalFact } from '../../contract/journal.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { setupErrorTexts } from '../../contract/setup-code-texts.ts';
import { localFailure } from '../gateway/local-failure.ts';
import { TimersDouble } from '../gateway/outside.double.ts';
import type { GatewayFailure } from '../ports.ts';
import { restScopes, startTime } from '../requests/requests.fixture.ts';
import { SetupCodes } from './setup-codes.ts';

type Answer = Result<unknown, GatewayFailure>;

const secret = 'eyJ1cmwiOiJ3c3M6Ly9nYXRld2F5LmV4YW1wbGUiLCJib290c3RyYXBUb2tlbiI6IngifQ';
const minute = 60_000;

let timers: TimersDouble;
let held: readonly string[];
let locked: boolean;
let elevations: (readonly string[])[];
let elevated: Result<null>;
let asked: { readonly method: string; readonly params: unknown }[];
let answers: Record<string, Answer | Promise<Answer>>;
let protection: boolean[];
let noted: JournalFact[];
let changes: number;
let codes: SetupCodes;

function made(more: Readonly<Record<string, unknown>> = {}): Answer {
  return ok({
    setupId: 's1',
    expiresAtMs: timers.now + 10 * minute,
    setupCode: secret,
    gatewayUrl: 'wss://gateway.example',
    auth: 'token',
    urlSource: 'gateway.bind=lan',
    access: 'limited',
    ...more,
  });
}

beforeEach(() => {
  timers = new TimersDouble();
  timers.now = startTime;
  held = restScopes;
  locked = false;
  elevations = [];
  elevated = ok(null);
  asked = [];
  answers = { 'device.pair.setupCode': made() };
  protection = [];
  noted = [];
  changes = 0;
  const send = async (method: string, params: unknown): Promise<Answer> => {
    asked.push({ method, params });
    return (await answers[method]) ?? fail(localFailure('TIMEOUT', 'no answer', true));
  };
  codes = new SetupCodes({
    clock: { now: () => timers.now },
    timers,
    request: send,
    elevate: async (scopes, action) => {
      elevations.push(scopes);
      return elevated.ok ? ok(await action(send, 'e'.repeat(64), 'boot')) : elevated;
    },
    heldScopes: () => held,
    screenLocked: () => locked,
    toOurs: (gatewayMs) => gatewayMs,
    protectContent: (on) => protection.push(on),
    note: (fact) => noted.push(fact),
    onChange: () => (changes += 1),
  });
});

const limited = { access: 'limited', elevate: true } as const;
const plain = { altered: false, truncated: false, mixedScripts: false };

describe('a set-up code', () => {
  it('is made over a short connection with more rights, and is in the answer only', async () => {
    const expiresAt = timers.now + 10 * minute;
    expect(await codes.create(limited)).toEqual(
      ok({
        outcome: 'made',
        code: {
          setupCode: secret,
          setupId: 's1',
          address: { text: 'wss://gateway.example', ...plain },
          access: 'limited',
          expiresAt,
        },
      }),
    );
    expect(elevations).toEqual([['operator.admin']]);
    expect(asked).toEqual([
      { method: 'device.pair.setupCode', params: { includeQr: false, bootstrapProfile: 'limited' } },
    ]);
    expect(JSON.stringify([noted, codes.used])).not.toContain(secret);
    expect(noted).toEqual([{ kind: 'setup-code-made', access: 'limited' }]);
  });

  it('needs no second connection where the one at rest may make it', async () => {
    held = ['operator.admin'];
    answers['device.pair.setupCode'] = made({ access: 'full' });
    const answer = await codes.create({ access: 'full', elevate: false });
    expect(answer).toMatchObject(ok({ outcome: 'made', code: { access: 'full' } }));
    expect(elevations).toEqual([]);
    expect(asked).toEqual([{ method: 'device.pair.setupCode', params: { includeQr: false } }]);
  });

  it('is not asked for without the owner’s confirmation', async () => {
    expect(await codes.create({ access: 'limited', elevate: false })).toEqual(
      fail(appError('elevation-needed', setupErrorTexts.elevationNeeded)),
    );
    expect([asked, elevations, protection]).toEqual([[], [], []]);
  });

  it('is not made behind a locked screen', async () => {
    locked = true;
    expect(await codes.create(limited)).toEqual(
      fail(appError('not-armed', setupErrorTexts.screenLocked, true)),
    );
    expect([asked, elevations]).toEqual([[], []]);
  });

  it('is made one at a time', async () => {
    const first = codes.create(limited);
    expect(await codes.create(limited)).toEqual(
      fail(appError('already-submitting', setupErrorTexts.underWay)),
    );
    expect((await first).ok).toBe(true);
    expect((await codes.create(limited)).ok).toBe(true);
  });

  it('is thrown away when the window that asked was closed meanwhile', async () => {
    const answer = Promise.withResolvers<Answer>();
    answers['device.pair.setupCode'] = answer.promise;
    const asking = codes.create(limited);
    codes.forget();
    answer.resolve(made());
    expect(await asking).toEqual(fail(appError('request-gone', setupErrorTexts.closed)));
    expect([protection, noted]).toEqual([[], []]);
  });

  it('that opens more than the owner chose is not handed out', async () => {
    answers['device.pair.setupCode'] = made({ access: 'full' });
    expect(await codes.create(limited)).toEqual(
      fail(appError('gateway-refused', setupErrorTexts.notUnderstood)),
    );
    expect(protection).toEqual([]);
  });

  it.each([
    ['no word of when it ends', null, 10 * minute],
    ['an end in the past', -5 * minute, 10 * minute],
    ['an end far away', 600 * minute, 10 * minute],
    ['an end in three minutes', 3 * minute, 3 * minute],
  ])('is shown for a believable time after %s', async (_what, fromNow, shown) => {
    answers['device.pair.setupCode'] = made({
      expiresAtMs: fromNow === null ? undefined : timers.now + fromNow,
    });
    expect(await codes.create(limited)).toMatchObject(ok({ code: { expiresAt: timers.now + shown } }));
  });

  it.each([
    ['no code', { setupCode: '' }],
    ['a code that is no code', { setupCode: '<svg onload=alert(1)> and more of it' }],
    ['a code too long for a picture', { setupCode: 'a'.repeat(4_001) }],
    ['no address', { gatewayUrl: undefined }],
  ])('is refused when the gateway sends %s', async (_what, change) => {
    answers['device.pair.setupCode'] = made(change);
    expect(await codes.create(limited)).toEqual(
      fail(appError('gateway-refused', setupErrorTexts.notUnderstood)),
    );
  });
});

describe('while a code is shown', () => {
  it('the window is kept out of screenshots, until it is forgotten', async () => {
    await codes.create(limited);
    expect(protection).toEqual([true]);
    codes.forget();
    codes.forget();
    expect(protection).toEqual([true, false]);
    expect(timers.armed).toBe(0);
  });

  it('the window is let into screenshots again when the code ends', async () => {
    await codes.create(limited);
    timers.advance(10 * minute - 1);
    expect(protection).toEqual([true]);
    timers.advance(1);
    expect(protection).toEqual([true, false]);
  });

  it('a new one takes its place', async () => {
    await codes.create(limited);
    await codes.create(limited);
    expect([protection, timers.armed]).toEqual([[true, false, true], 1]);
  });

  it('stopping lets go of it', async () => {
    await codes.create(limited);
    await codes.idle();
    expect([protection, timers.armed]).toEqual([[true, false], 0]);
  });
});

describe('a phone that uses a code', () => {
  const completed = (setupId: string, deviceName?: unknown) => ({
    name: 'device.pair.setup.completed',
    payload: { setupId, deviceId: 'd', deviceName, access: 'limited', ts: 1 },
  });

  it('is told to the window and the journal', async () => {
    await codes.create(limited);
    codes.event(completed('s1', 'Anna’s \u202Ephone'));
    expect(codes.used).toEqual({
      setupId: 's1',
      deviceName: { text: 'Anna’s ⟨U+202E⟩phone', ...plain, altered: true },
      confirmed: true,
    });
    expect(noted.at(-1)).toEqual({ kind: 'setup-code-used', device: 'Anna’s ⟨U+202E⟩phone' });
    expect(changes).toBe(1);
  });

  it('is told also after the window closed, and when its keys may not have arrived', async () => {
    await codes.create(limited);
    codes.forget();
    codes.event({ ...completed('s1', 7), name: 'device.pair.setup.deliveryUncertain' });
    expect(codes.used).toEqual({ setupId: 's1', deviceName: null, confirmed: false });
  });

  it('is somebody else’s business when the code is not ours', async () => {
    await codes.create(limited);
    codes.event(completed('other'));
    codes.event({ name: 'device.pair.setup.completed', payload: 'odd' });
    codes.event({ name: 'device.pair.changed', payload: {} });
    expect([codes.used, changes]).toEqual([null, 0]);
  });
});

describe('a gateway that makes no code', () => {
  const refusal = (code: string): Answer =>
    fail({ ...localFailure(code, 'Gateway is only bound to loopback. Set \u0007 gateway.bind', false) });
  const words = {
    text: 'Gateway is only bound to loopback. Set ⟨U+0007⟩ gateway.bind',
    ...plain,
    altered: true,
  };

  it('is explained from its config, and quoted', async () => {
    answers['device.pair.setupCode'] = refusal('INVALID_REQUEST');
    answers['config.get'] = ok({ resolved: { gateway: { bind: 'loopback' } } });
    expect(await codes.create(limited)).toEqual(
      ok({ outcome: 'refused', why: 'loopback-only', gatewayWords: words }),
    );
    expect(protection).toEqual([]);
  });

  it('is only quoted when its config cannot be read', async () => {
    answers['device.pair.setupCode'] = refusal('INVALID_REQUEST');
    answers['config.get'] = fail(localFailure('FORBIDDEN', 'no', false));
    expect(await codes.create(limited)).toEqual(
      ok({ outcome: 'refused', why: 'other', gatewayWords: words }),
    );
  });

  it.each([
    ['CONNECTION_LOST', appError('connection-lost', setupErrorTexts.connectionLost, true)],
    ['TIMEOUT', appError('gateway-timeout', setupErrorTexts.notAnswered, true)],
    ['BAD_ANSWER', appError('gateway-refused', setupErrorTexts.notUnderstood)],
  ])('is an error after %s', async (code, error) => {
    answers['device.pair.setupCode'] = refusal(code);
    expect(await codes.create(limited)).toEqual(fail(error));
  });

  it.each([
    [
      appError('elevation-failed', 'Nothing was approved.'),
      appError('elevation-failed', setupErrorTexts.elevationFailed),
    ],
    [
      appError('not-connected', 'Nothing was approved.', true),
      appError('not-connected', setupErrorTexts.notConnected, true),
    ],
    [appError('internal', 'Something.'), appError('internal', 'Something.')],
  ])('is told in our words when the rights cannot be had: $code', async (happened, told) => {
    elevated = fail(happened);
    expect(await codes.create(limited)).toEqual(fail(told));
    expect(asked).toEqual([]);
  });
});
