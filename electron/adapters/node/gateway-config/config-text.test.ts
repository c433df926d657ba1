import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigChange, Json } from '../../../core/config-ports.ts';
import { editConfigText, editingProblem, findIncludes, readConfigValue } from './config-text.ts';
import { applySplice } from './config-splices.ts';
import { inverseChanges, undoFacts } from '../../../contract/gateway-config/value-edit.ts';
import { sameJson, withChange } from '../../../contract/gateway-config/json.ts';

const asOpenClawWrites = (value: Json): string => `${JSON.stringify(value, null, 2)}\n`;
const valueOf = (text: string): Json => {
  const read = readConfigValue(text);
  if (!read.ok) throw new Error(read.error.reason);
  return read.value;
};
const edited = (text: string, ...changes: ConfigChange[]): string => {
  const result = editConfigText(text, changes);
  if (result === null) throw new Error('not edited');
  expect(result.back.reduce(applySplice, result.text)).toBe(text);
  return result.text;
};

const guard: ConfigChange = { path: ['plugins', 'entries', 'portcullis-guard'], value: { enabled: true } };

describe('editing the text of a config', () => {
  it('adds a value the way OpenClaw would write it', () => {
    const before = { gateway: { port: 1 }, plugins: { entries: { imessage: { enabled: true } } } };
    const after = {
      gateway: { port: 1 },
      plugins: { entries: { imessage: { enabled: true }, 'portcullis-guard': { enabled: true } } },
    };
    expect(edited(asOpenClawWrites(before), guard)).toBe(asOpenClawWrites(after));
  });

  it('makes the objects on the way', () => {
    expect(edited(asOpenClawWrites({ a: 1 }), guard)).toBe(
      asOpenClawWrites({ a: 1, plugins: { entries: { 'portcullis-guard': { enabled: true } } } }),
    );
  });

  it('keeps comments, spacing, trailing commas and line ends', () => {
    const text =
      '{\r\n\t// who\r\n\t"channels": { "imessage": {"cliPath":"imsg", /* why */ "x" : 1} }, // end\r\n}\r\n';
    expect(edited(text, { path: ['channels', 'imessage', 'cliPath'], value: '/g/imsg' })).toBe(
      text.replace('"imsg"', '"/g/imsg"'),
    );
    expect(edited(text, { path: ['channels', 'imessage', 'cliPath'], value: undefined })).toBe(
      text.replace('"cliPath":"imsg",', ''),
    );
    expect(edited(text, { path: ['channels', 'imessage', 'y'], value: ['z'] })).toBe(
      text.replace('"x" : 1', '"x" : 1, "y": ["z"]'),
    );
    expect(edited(text, { path: ['plugins'], value: {} })).toBe(
      text.replace('} },', '} },\r\n\t"plugins": {},'),
    );
  });

  it('adds to and takes from a list without touching its other entries', () => {
    const text = '{"plugins": {"load": {"paths": [\n  "a", // mine\n  "b"\n]}}}';
    const path = ['plugins', 'load', 'paths'];
    expect(edited(text, { path, value: ['a', 'b', 'c'] })).toBe(text.replace('"b"', '"b",\n  "c"'));
    expect(edited(text, { path, value: ['a'] })).toBe(
      '{"plugins": {"load": {"paths": [\n  "a", // mine\n  \n]}}}',
    );
    expect(edited(text, { path, value: ['b', 'c'] })).toContain('// mine');
  });

  it.each([
    ['{ gateway: { port: 1 } }', 1],
    ["{\n  'a': 1\n}", 2],
    ['{\n "a": 1,\n "b": +2 }', 3],
    ['[1]', 1],
  ])('says where %j is spelled in a way it does not edit', (text, line) => {
    expect(editingProblem(text)).toMatchObject({ line });
    expect(editConfigText(text, [guard])).toBeNull();
  });

  it('does not edit through a value that is no object', () => {
    expect(editConfigText('{"plugins": true}', [guard])).toBeNull();
  });

  it('edits the one of two equal keys that counts', () => {
    expect(edited('{"a": 1, "a": 2}', { path: ['a'], value: 3 })).toBe('{"a": 1, "a": 3}');
  });

  it('finds included files and the lines that name them', () => {
    const text =
      '{\n  // "x"\n  "channels": { "$include": "./c.json5" },\n  "list": [{ "$include": ["a", "b"] }]\n}';
    expect(findIncludes(text, valueOf(text))).toEqual([
      { path: ['channels'], files: ['./c.json5'], line: 3 },
      { path: ['list', '0'], files: ['a', 'b'], line: 4 },
    ]);
  });
});

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'with "quotes"', 'ü');
const json = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 4 }).map((entries) => ({ ...entries })),
}));
const change: fc.Arbitrary<ConfigChange> = fc.record({
  path: fc.array(key, { minLength: 1, maxLength: 3 }),
  value: fc.option(json.value, { nil: undefined }),
});

// Hundreds of generated cases take their time on a busy machine.
describe('any edit', { timeout: 30_000 }, () => {
  it('changes the value as asked, and its splices give the old bytes back', () => {
    fc.assert(
      fc.property(
        json.object,
        fc.array(change, { maxLength: 4 }),
        fc.boolean(),
        (value, changes, oneLine) => {
          const text = oneLine ? JSON.stringify(value) : asOpenClawWrites(value);
          const wanted = changes.reduce<Json | null>(
            (current, next) => (current === null ? null : withChange(current, next)),
            value,
          );
          const result = editConfigText(text, changes);
          if (wanted === null) {
            expect(result).toBeNull();
            return;
          }
          expect(sameJson(valueOf(result?.text ?? ''), wanted)).toBe(true);
          expect(result?.back.reduce(applySplice, result.text)).toBe(text);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('that adds something is taken back to the same bytes by its inverse, also after other edits', () => {
    const added = fc.array(fc.constantFrom('p', 'q', 'r'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(json.object, added, json.value, json.value, (value, path, one, other) => {
        const text = asOpenClawWrites(value);
        const ours: ConfigChange = { path: ['ours', ...path], value: one };
        const theirs: ConfigChange = { path: ['theirs'], value: other };
        const withTheirs = edited(text, theirs);
        const both = edited(edited(text, ours), theirs);
        const facts = undoFacts(value, [ours]);
        expect(edited(both, ...inverseChanges(valueOf(both), facts))).toBe(withTheirs);
      }),
      { numRuns: 500 },
    );
  });
});
