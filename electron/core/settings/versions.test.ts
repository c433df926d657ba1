import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { versionZero } from './versions.ts';

const chain = versionZero(z.strictObject({ name: z.string() }))
  .upgrade({ schema: z.strictObject({ names: z.array(z.string()) }), up: ({ name }) => ({ names: [name] }) })
  .upgrade({
    schema: z.strictObject({ names: z.array(z.string().max(5)), count: z.number() }),
    up: ({ names }) => ({ names, count: names.length }),
  });

describe('the chain of versions', () => {
  it('numbers itself by its steps', () => {
    expect(chain.version).toBe(2);
  });

  it.each([
    { version: 0, document: { name: 'eva' } },
    { version: 1, document: { names: ['eva'] } },
    { version: 2, document: { names: ['eva'], count: 1 } },
  ])('brings version $version up to date', ({ version, document }) => {
    expect(chain.read(document, version)).toEqual({ ok: true, value: { names: ['eva'], count: 1 } });
  });

  it.each([
    { what: 'a document of another version than it says', version: 1, document: { name: 'eva' } },
    { what: 'a result that breaks the newest bounds', version: 0, document: { name: 'evangelina' } },
    { what: 'something that is no object', version: 2, document: null },
  ])('refuses $what', ({ version, document }) => {
    expect(chain.read(document, version)).toMatchObject({ ok: false });
  });
});
