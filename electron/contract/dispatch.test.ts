import { describe, expect, it, vi } from 'vitest';
import { dispatch } from './dispatch.ts';
import { recordingHandlers } from './handlers.double.ts';
import { appError, fail, ok } from './result.ts';

const noFailure = (): void => {
  throw new Error('no handler was expected to throw');
};

describe('dispatch', () => {
  it('hands parsed input to the handler of that name and returns its result untouched', async () => {
    const refused = fail(appError('request-gone', 'Already answered.'));
    const deny = vi.fn(() => Promise.resolve(refused));
    const { handlers } = recordingHandlers({ 'request.deny': deny });

    const result = await dispatch(handlers, 'request.deny', { key: 'chat:1', revision: 3 }, noFailure);

    expect(result).toBe(refused);
    expect(deny).toHaveBeenCalledExactlyOnceWith({ key: 'chat:1', revision: 3 });
  });

  it('passes on what the schema made of the input, not what the window sent', async () => {
    const { handlers, calls } = recordingHandlers();

    await dispatch(handlers, 'connection.setToken', { token: '  abc  ' }, noFailure);

    expect(calls).toEqual([{ name: 'connection.setToken', input: { token: 'abc' } }]);
  });

  it.each([
    ['an unknown command', 'request.approveAll', {}],
    ['a name from the prototype', 'constructor', undefined],
    ['__proto__', '__proto__', undefined],
    ['an empty name', '', undefined],
    ['missing input', 'request.approve', undefined],
    ['a wrong type', 'request.deny', { key: 'chat:1', revision: '3' }],
    ['an approval without its confirmations', 'request.approve', { key: 'chat:1', revision: 3 }],
    ['an extra field', 'request.deny', { key: 'chat:1', revision: 3, force: true }],
    ['input where none belongs', 'app.quit', { now: true }],
    ['a key beyond its bound', 'request.deny', { key: 'k'.repeat(301), revision: 1 }],
  ])('answers bad-input to %s and calls nobody', async (_case, name, input) => {
    const { handlers, calls } = recordingHandlers();

    const result = await dispatch(handlers, name, input, noFailure);

    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(calls).toEqual([]);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('secret detail'))],
    [
      'throws at once',
      () => {
        throw new Error('secret detail');
      },
    ],
  ])('turns a handler that %s into internal, reports it, and leaks no detail', async (_case, handler) => {
    const { handlers } = recordingHandlers({ 'app.quit': handler });
    const onFailure = vi.fn();

    const result = await dispatch(handlers, 'app.quit', undefined, onFailure);

    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('secret detail');
    expect(onFailure).toHaveBeenCalledExactlyOnceWith('app.quit', new Error('secret detail'));
  });

  it('has one recording handler per command', async () => {
    const { handlers } = recordingHandlers();
    expect(await dispatch(handlers, 'notice.dismiss', { id: 'n1' }, noFailure)).toEqual(ok(null));
  });
});
