import { expect, it } from 'vitest';
import { parseServerFrame } from './server-frame.ts';

it.each([
  ['an answer', '{"id":1,"result":{"ok":true,"value":null}}', { id: 1, result: { ok: true, value: null } }],
  [
    'a failure',
    '{"id":2,"result":{"ok":false,"error":{"code":"internal","message":"m","retryable":false}}}',
    { id: 2, result: { ok: false, error: { code: 'internal', message: 'm', retryable: false } } },
  ],
  [
    'a push',
    '{"push":"request.focus","payload":{"key":null}}',
    { push: 'request.focus', payload: { key: null } },
  ],
  ['a welcome', '{"secret":"s"}', { secret: 's' }],
])('reads %s', (_name, text, frame) => {
  expect(parseServerFrame(text)).toEqual(frame);
});

it.each([
  ['no JSON', '{'],
  ['binary data', new Uint8Array(2)],
  ['a list', '[]'],
  ['null', 'null'],
  ['an unknown push', '{"push":"app.explode","payload":{}}'],
  ['a push without payload', '{"push":"snapshot.changed"}'],
  ['a result without verdict', '{"id":1,"result":{"value":null}}'],
  ['a failure without error', '{"id":1,"result":{"ok":false}}'],
  ['a welcome without its secret', '{"secret":null}'],
  ['an id that is no number', '{"id":"1","result":{"ok":true}}'],
])('drops %s', (_name, data) => {
  expect(parseServerFrame(data)).toBeNull();
});
