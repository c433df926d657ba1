import { describe, expect, it } from 'vitest';
import { elevationFor, isHeld, scopeView, scopeViews } from './scopes.ts';

const atRest = {
  scopes: ['operator.read', 'operator.write', 'operator.pairing', 'operator.approvals'],
  ownDeviceOnly: false,
};

describe('scopes in words', () => {
  it.each([
    ['operator.admin', true],
    ['operator.talk.secrets', true],
    ['operator.write', false],
    ['operator.pairing', false],
    ['operator.nuclear', true],
    ['Operator.read', true],
    ['', true],
  ])('%s is dangerous: %s', (scope, dangerous) => {
    expect(scopeView(scope).dangerous).toBe(dangerous);
  });

  it('come each once, dangerous ones first', () => {
    const views = scopeViews(['operator.read', 'operator.admin', 'operator.read', 'x.y']);
    expect(views.map(({ scope }) => scope)).toEqual(['operator.admin', 'x.y', 'operator.read']);
  });

  it('show hostile names safely', () => {
    expect(scopeView('operator.re\u200Bad')).toEqual({
      scope: 'operator.re⟨U+200B⟩ad',
      words: 'Something Portcullis does not know (operator.re⟨U+200B⟩ad)',
      dangerous: true,
    });
  });
});

describe('isHeld', () => {
  it.each([
    ['operator.read', ['operator.read'], true],
    ['operator.read', ['operator.write'], true],
    ['operator.write', ['operator.read'], false],
    ['operator.talk', ['operator.write'], true],
    ['operator.talk.secrets', ['operator.write'], false],
    ['operator.sessions.read', ['operator.read'], true],
    ['operator.sessions.write', ['operator.read'], false],
    ['operator.pairing', ['operator.write'], false],
    ['operator.anything', ['operator.admin'], true],
    ['node.anything', ['operator.admin'], false],
    ['operator.admin', ['operator.write', 'operator.pairing'], false],
  ])('%s by %j: %s', (scope, held, expected) => {
    expect(isHeld(scope, held)).toBe(expected);
  });
});

describe('elevationFor', () => {
  const needed = (kind: 'chat' | 'device' | 'node', requiredScopes: readonly string[], held = atRest) =>
    elevationFor({ kind, requiredScopes }, held).map(({ scope }) => scope);

  it('is empty for what we may grant at rest', () => {
    expect([
      needed('chat', []),
      needed('device', ['operator.read', 'operator.write']),
      needed('node', ['operator.pairing', 'operator.write']),
    ]).toEqual([[], [], []]);
  });

  it('names what goes beyond', () => {
    expect(needed('device', ['operator.admin', 'operator.read'])).toEqual(['operator.admin']);
    expect(needed('node', ['operator.pairing', 'operator.admin'])).toEqual(['operator.admin']);
  });

  it('asks for an administrator where the gateway lets a device token answer only for its own device', () => {
    const own = { ...atRest, ownDeviceOnly: true };
    expect([
      needed('chat', [], own),
      needed('device', ['operator.read'], own),
      needed('node', [], own),
    ]).toEqual([[], ['operator.admin'], ['operator.admin']]);
    expect(needed('device', [], { scopes: ['operator.admin'], ownDeviceOnly: true })).toEqual([]);
  });
});
