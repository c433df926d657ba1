import { describe, expect, it } from 'vitest';
import { parseGatewayConfig, readGatewayConfig } from './config-file.ts';

const nothing = {
  mode: null,
  port: null,
  bind: null,
  customBindHost: null,
  auth: { mode: null, token: null, password: null },
  tls: { enabled: false, certPath: null },
  remote: { url: null, token: null, password: null, tlsFingerprint: null },
};
const env = { TOKEN: 'from-env', EMPTY: '' };

function gatewayOf(raw: string): unknown {
  const parsed = parseGatewayConfig(raw, env);
  return parsed.ok ? parsed.value : parsed.error;
}

describe('parseGatewayConfig', () => {
  const rows: readonly [what: string, raw: string, expected: object][] = [
    ['an empty config', '{}', nothing],
    [
      'JSON5 with comments',
      "// mine\n{ gateway: { port: 28789, bind: 'lan', }, }",
      { ...nothing, port: 28_789, bind: 'lan' },
    ],
    ['a plain token', '{gateway:{auth:{token:"t"}}}', { ...nothing, auth: { ...nothing.auth, token: 't' } }],
    [
      'a token from the environment',
      '{gateway:{auth:{token:"${TOKEN}"}}}',
      { ...nothing, auth: { ...nothing.auth, token: 'from-env' } },
    ],
    ['a token from a variable we do not have', '{gateway:{auth:{token:"a${MISSING}"}}}', nothing],
    ['a token from an empty variable', '{gateway:{auth:{token:"${EMPTY}"}}}', nothing],
    [
      'an escaped variable',
      '{gateway:{auth:{token:"$${TOKEN}"}}}',
      { ...nothing, auth: { ...nothing.auth, token: '${TOKEN}' } },
    ],
    [
      'a SecretRef',
      '{gateway:{auth:{mode:"token",token:{source:"exec",provider:"op",id:"x"}}}}',
      { ...nothing, auth: { ...nothing.auth, mode: 'token' } },
    ],
    ['a port that is none', '{gateway:{port:70000}}', nothing],
    ['sections of another shape', '{gateway:{auth:7,tls:[],remote:"x"}}', nothing],
    [
      'TLS',
      '{gateway:{tls:{enabled:true,certPath:"/c.pem"}}}',
      { ...nothing, tls: { enabled: true, certPath: '/c.pem' } },
    ],
  ];
  it.each(rows)('reads %s', (_what, raw, expected) => {
    expect(gatewayOf(raw)).toEqual(expected);
  });

  it.each(['', 'not json', '[1]', '7', '{gateway:[]}', '{gateway:'])('calls %j unreadable', (raw) => {
    expect(gatewayOf(raw)).toBe('unreadable');
  });
});

describe('readGatewayConfig', () => {
  it('tells an absent file from one it may not read', async () => {
    expect(await readGatewayConfig('/nowhere/openclaw.json', {})).toEqual({ ok: false, error: 'absent' });
    expect(await readGatewayConfig('/', {})).toEqual({ ok: false, error: 'unreadable' });
  });
});
