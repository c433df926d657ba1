import { describe, expect, it } from 'vitest';
import { appError, fail, ok, type ErrorCode, type Result } from '../../contract/result.ts';
import { clearOld } from './clear-old.ts';

const three = ['chat:a', 'chat:b', 'chat:c'].map((key) => ({ key, revision: 2 }));

function cleared(requests: typeof three, failures: Readonly<Record<string, ErrorCode>> = {}) {
  const denied: unknown[] = [];
  const deny = (input: (typeof three)[number]): Promise<Result<null>> => {
    denied.push(input);
    const code = failures[input.key];
    return Promise.resolve(code === undefined ? ok(null) : fail(appError(code, 'No.')));
  };
  return { denied, result: clearOld(requests, { deny }) };
}

describe('clearing requests', () => {
  it('denies exactly those shown, as they were shown', async () => {
    const { denied, result } = cleared(three);
    expect(await result).toEqual(ok({ cleared: 3, failed: 0 }));
    expect(denied).toEqual(three);
  });

  it('goes on after one that failed, and counts one that is gone as cleared', async () => {
    const { result } = cleared(three, { 'chat:a': 'gateway-refused', 'chat:b': 'request-gone' });
    expect(await result).toEqual(ok({ cleared: 2, failed: 1 }));
  });

  it('says so when nothing could be sent at all', async () => {
    const { denied, result } = cleared(three, { 'chat:a': 'not-connected' });
    expect(await result).toMatchObject({ ok: false, error: { code: 'not-connected' } });
    expect(denied).toHaveLength(1);
  });

  it('touches nothing when anything but a chat contact is among them', async () => {
    const { denied, result } = cleared([...three, { key: 'device:d', revision: 1 }]);
    expect(await result).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(denied).toEqual([]);
  });
});
