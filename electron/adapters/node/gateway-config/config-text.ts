/**
 * Edits the text of a config (JSON with comments and trailing commas) at single values and leaves every other byte
 * alone. Plain JSON5 spellings (unquoted keys, single quotes, …) are recognised and left to the owner.
 */
import JSON5 from 'json5';
import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import type { ConfigChange, ConfigInclude, ConfigSplice, Json } from '../../../core/config-ports.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import { appendTo, applySplice, removeFrom, replaceNode, reversed } from './config-splices.ts';
import {
  isJsonArray,
  isJsonObject,
  sameJson,
  valueAt,
  withChange,
  without,
} from '../../../contract/gateway-config/json.ts';

export interface TextProblem {
  readonly reason: string;
  /** From 1. */
  readonly line: number;
}

/** What OpenClaw itself reads: JSON5. @returns the line of the first mistake when it is not */
export function readConfigValue(text: string): Result<Json, TextProblem> {
  try {
    return ok(JSON5.parse<Json>(text));
  } catch (error: unknown) {
    const line = hasLine(error) ? error.lineNumber : 1;
    return fail({ reason: 'not valid JSON5', line });
  }
}

/** @returns why this text cannot be edited, or null */
export function editingProblem(text: string): TextProblem | null {
  const parsed = parseText(text);
  return parsed.ok ? null : parsed.error;
}

export function findIncludes(text: string, value: Json): readonly ConfigInclude[] {
  const found: { readonly path: readonly string[]; readonly files: readonly string[] }[] = [];
  const walk = (node: Json, path: readonly string[]): void => {
    if (isJsonArray(node)) for (const [index, item] of node.entries()) walk(item, [...path, String(index)]);
    if (!isJsonObject(node)) return;
    for (const [key, inner] of Object.entries(node)) {
      if (key === '$include') found.push({ path, files: includedFiles(inner) });
      else walk(inner, [...path, key]);
    }
  };
  walk(value, []);
  const lines = includeLines(text);
  return found.map((include, index) => ({
    ...include,
    // Only when every spelling found in the text is one of these is the n-th line the n-th include.
    line: lines.length === found.length ? (lines[index] ?? null) : null,
  }));
}

export interface EditedText {
  readonly text: string;
  readonly value: Json;
  /** Put back one after the other, they give the old text. */
  readonly back: readonly ConfigSplice[];
}

/** Makes the changes one after the other. Null: the text cannot say this (an object is needed where none is). */
export function editConfigText(text: string, changes: readonly ConfigChange[]): EditedText | null {
  const before = readConfigValue(text);
  if (!before.ok) return null;
  let edited = text;
  let value = before.value;
  const back: ConfigSplice[] = [];
  for (const change of changes) {
    const next = withChange(value, change);
    if (next === null) return null;
    for (;;) {
      const edit = nextEdit(edited, value, change);
      if (edit === null) return null;
      if (edit === 'done') break;
      back.unshift(reversed(edited, edit));
      const applied = applySplice(edited, edit);
      if (applied === edited) return null;
      edited = applied;
      const reread = readConfigValue(edited);
      if (!reread.ok) return null;
      value = reread.value;
    }
    // The proof that the edit did what was asked and nothing else, however unusual the text.
    if (!sameJson(value, next)) return null;
  }
  return { text: edited, value, back };
}

// ------------------------------------------------------------------ one step

function nextEdit(
  text: string,
  value: Json,
  { path, value: wanted }: ConfigChange,
): ConfigSplice | 'done' | null {
  const present = valueAt(value, path);
  if (wanted === undefined ? present === undefined : present !== undefined && sameJson(present, wanted))
    return 'done';
  const parsed = parseText(text);
  if (!parsed.ok) return null;
  const root = parsed.value;
  if (wanted === undefined) return removeAt(text, root, path);
  if (present === undefined) return addAt(text, root, path, wanted);
  const node = nodeAt(root, path);
  if (node === null) return null;
  if (isJsonArray(present) && isJsonArray(wanted)) return arrayStep(text, node, present, wanted);
  return replaceNode(text, node, wanted);
}

/** Removes what is not wanted, one element at a time, then adds at the end: the others keep their spelling. */
function arrayStep(
  text: string,
  node: Node,
  present: readonly Json[],
  wanted: readonly Json[],
): ConfigSplice | null {
  const keeps = sameJson(
    present.filter((item) => without([item], wanted).length === 0),
    wanted.slice(0, present.length),
  );
  const extra = present.findIndex((item) => without([item], wanted).length > 0);
  if (extra >= 0) return removeFrom(text, node, extra);
  const added = wanted[present.length];
  if (keeps && added !== undefined) return appendTo(text, node, null, added);
  return replaceNode(text, node, wanted);
}

function removeAt(text: string, root: Node, path: readonly string[]): ConfigSplice | null {
  const parent = nodeAt(root, path.slice(0, -1));
  if (parent?.type !== 'object') return null;
  const index = (parent.children ?? []).findLastIndex((property) => keyOf(property) === path.at(-1));
  return index < 0 ? null : removeFrom(text, parent, index);
}

/** The deepest object that is there gets one new property with everything below it. */
function addAt(text: string, root: Node, path: readonly string[], wanted: Json): ConfigSplice | null {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const parent = nodeAt(root, path.slice(0, depth));
    if (parent === null) continue;
    const key = path[depth];
    if (parent.type !== 'object' || key === undefined) return null;
    return appendTo(text, parent, key, nest(path.slice(depth + 1), wanted));
  }
  return null;
}

function nest(path: readonly string[], value: Json): Json {
  return path.reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

// ------------------------------------------------------------------ text to tree

function parseText(text: string): Result<Node, TextProblem> {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false });
  const [first] = errors;
  if (first !== undefined) {
    return fail({
      reason: `JSON5 spelling (${printParseErrorCode(first.error)})`,
      line: lineAt(text, first.offset),
    });
  }
  if (root?.type !== 'object') return fail({ reason: 'no object', line: 1 });
  return ok(root);
}

function nodeAt(root: Node, path: readonly string[]): Node | null {
  let node: Node = root;
  for (const key of path) {
    if (node.type !== 'object') return null;
    const value = (node.children ?? []).findLast((property) => keyOf(property) === key)?.children?.[1];
    if (value === undefined) return null;
    node = value;
  }
  return node;
}

function keyOf(property: Node): string | null {
  const key: unknown = property.children?.[0]?.value;
  return typeof key === 'string' ? key : null;
}

function includedFiles(value: Json): readonly string[] {
  const files = isJsonArray(value) ? value : [value];
  return files.filter((file) => typeof file === 'string');
}

function includeLines(text: string): readonly number[] {
  return [...text.matchAll(/(["']?)\$include\1\s*:/gu)].map((match) => lineAt(text, match.index));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function hasLine(error: unknown): error is Error & { readonly lineNumber: number } {
  return error instanceof Error && 'lineNumber' in error && typeof error.lineNumber === 'number';
}
