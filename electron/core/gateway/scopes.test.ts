import { describe, expect, it } from 'vitest';
import { restingScopes, uncoveredScopes } from './scopes.ts';

describe('uncoveredScopes', () => {
  const rows: readonly [needed: readonly string[], granted: readonly string[], left: readonly string[]][] = [
    [restingScopes, [...restingScopes], []],
    [restingScopes, ['operator.admin'], []],
    [['operator.read'], ['operator.write'], []],
    [['operator.write'], ['operator.read'], ['operator.write']],
    [['operator.pairing', 'operator.admin'], [...restingScopes], ['operator.admin']],
    [['node.anything'], ['operator.admin'], ['node.anything']],
    [restingScopes, [], [...restingScopes]],
  ];
  it.each(rows)('needing %j with %j leaves %j', (needed, granted, left) => {
    expect(uncoveredScopes(needed, granted)).toEqual(left);
  });

  it('never asks for admin at rest', () => {
    expect(restingScopes).not.toContain('operator.admin');
  });
});
