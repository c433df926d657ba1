import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { versionZero } from './versions.ts';

let ran: string[];
beforeEach(() => {
  ran = [];
});

const chain = versionZero(z.strictObject({ name: z.string() }))
  .upgrade({
    schema: z.strictObject({ names: z.array(z.string()) }),
    up: ({ name }) => {
      ran.push('to 1');
      return { names: [name] };
    },
  })
  .upgrade({
    schema: z.strictObject({ names: z.array(z.string().max(5)), count: z.number() }),
    up: ({ names }) => {
      ran.push('to 2');
      return { names, count: names.length };
    },
  });

describe('the chain of versions', () => {
  it('numbers itself by its steps', () => {
    expect(chain.version).toBe(2);
  });

  it.each([
    { version: 0, document: { name: 'eva' }, steps: ['to 1', 'to 2'] },
    { version: 1, document: { names: ['eva'] }, steps: ['to 2'] },
    { version: 2, document: { names: ['eva'], count: 1 }, steps: [] },
  ])('brings version $version up to date, each step once and in order', ({ version, document, steps }) => {
    expect(chain.read(document, version)).toEqual({ ok: true, value: { names: ['eva'], count: 1 } });
    expect(ran).toEqual(steps);
  });

  it.each([
    { what: 'a document of another version than it says', version: 1, document: { name: 'eva' } },
    { what: 'a result that breaks the newest bounds', version: 0, document: { name: 'evangelina' } },
    { what: 'something that is no object', version: 2, document: null },
  ])('refuses $what', ({ version, document }) => {
    expect(chain.read(document, version)).toMatchObject({ ok: false });
  });

  it('takes no step with a document it could not read', () => {
    expect(chain.read({ name: 7 }, 0)).toMatchObject({ ok: false });
    expect(ran).toEqual([]);
  });
});
