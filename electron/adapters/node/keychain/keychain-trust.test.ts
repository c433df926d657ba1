import { describe, expect, it } from 'vitest';
import { systemTimers } from '../system/timers.ts';
import { KeychainProcessDouble } from './keychain-process.double.ts';
import { Keychain } from './keychain.ts';
import type { KeychainAnswer, KeychainRequest } from './messages.ts';

const account = 'gateway/identity';
const refusal = Symbol('refusal');

/** Answers each request at once by `script`, called with what is asked and how often that was asked before. */
function openScripted(script: (step: string, before: number) => KeychainAnswer | typeof refusal) {
  const asked: string[] = [];
  class Scripted extends KeychainProcessDouble {
    override send(request: KeychainRequest): void {
      super.send(request);
      const step = `${request.op} ${request.account === 'canary' ? 'canary' : 'item'}`;
      const before = asked.filter((earlier) => earlier === step).length;
      asked.push(step);
      const answer = script(step, before);
      if (answer === refusal) this.refuse();
      else this.answer(answer);
    }
  }
  const keychain = new Keychain({
    spawn: () => new Scripted(),
    timers: systemTimers,
    logger: { log: () => undefined },
    platform: 'linux',
  });
  return { keychain, asked };
}

describe('"not there" from the keychain', () => {
  it('is believed when the canary could be read before and after', async () => {
    const { keychain, asked } = openScripted((step) => (step === 'get canary' ? 'readable' : null));
    expect(await keychain.get(account)).toEqual({ ok: true, value: null });
    expect(asked).toEqual(['get canary', 'get item', 'get canary']);
    keychain.dispose();
  });

  it('is not believed when the keychain was locked between the two', async () => {
    const { keychain } = openScripted((step, before) => {
      if (step === 'get canary' && before === 0) return 'readable';
      return step === 'set canary' ? refusal : null;
    });
    expect(await keychain.get(account)).toMatchObject({ ok: false, error: { code: 'keychain-unavailable' } });
    expect(keychain.state).toBe('locked');
    keychain.dispose();
  });

  it('is not even asked for when there is no canary and none can be written', async () => {
    const { keychain, asked } = openScripted((step) => (step === 'set canary' ? refusal : null));
    expect(await keychain.get(account)).toMatchObject({ ok: false });
    expect(asked).toEqual(['get canary', 'set canary']);
    keychain.dispose();
  });

  it('is believed of a keychain that had no canary yet, once it took one', async () => {
    let hasCanary = false;
    const { keychain, asked } = openScripted((step) => {
      if (step === 'set canary') hasCanary = true;
      return step === 'get canary' && hasCanary ? 'readable' : null;
    });
    expect(await keychain.get(account)).toEqual({ ok: true, value: null });
    expect(asked).toEqual(['get canary', 'set canary', 'get item', 'get canary']);
    keychain.dispose();
  });

  it('as the answer to a delete is checked the same way', async () => {
    const { keychain } = openScripted((step, before) => {
      if (step === 'get canary' && before === 0) return 'readable';
      if (step === 'delete item') return false;
      return step === 'set canary' ? refusal : null;
    });
    expect(await keychain.delete(account)).toMatchObject({
      ok: false,
      error: { code: 'keychain-unavailable' },
    });
    keychain.dispose();
  });
});
