import { expect, it } from 'vitest';
import type { GatewayHello } from '../ports.ts';
import { isLimited, restingAuthority } from './resting-authority.ts';
import { restingScopes } from './scopes.ts';

const hello: GatewayHello = {
  serverVersion: '2026.9.6',
  bootId: 'boot',
  methods: new Set(),
  scopes: restingScopes,
  authMethod: 'token',
  deviceToken: null,
};

it.each([
  ['token', restingScopes, false, false],
  [null, restingScopes, false, false],
  ['device-token', restingScopes, true, true],
  ['device-token', ['operator.admin'], true, false],
])('a session let in by %s with %o: own device only %s, limited %s', (authMethod, scopes, own, limited) => {
  const session = { ...hello, authMethod, scopes };
  expect([restingAuthority(session), isLimited(session)]).toEqual([{ scopes, ownDeviceOnly: own }, limited]);
});
