/** Single edits of a JSON text at the children of one object or array; adding and removing again gives the same bytes. */
import { createScanner } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import type { ConfigSplice, Json } from '../../../core/config-ports.ts';

export function applySplice(text: string, { at, length, text: inserted }: ConfigSplice): string {
  return text.slice(0, at) + inserted + text.slice(at + length);
}

/** What undoes `splice` in the text it leads to. */
export function reversed(text: string, { at, length, text: inserted }: ConfigSplice): ConfigSplice {
  return { at, length: inserted.length, text: text.slice(at, at + length) };
}

/** @param key of the new property; null in an array */
export function appendTo(text: string, container: Node, key: string | null, value: Json): ConfigSplice {
  const style = styleOf(text);
  const last = container.children?.at(-1);
  const first = container.children?.[0];
  const name = key === null ? '' : `${JSON.stringify(key)}: `;
  if (first === undefined || last === undefined) {
    const outer = indentAt(text, container.offset);
    const inner = outer + style.unit;
    const at = container.offset + 1;
    const rest = text.slice(at, container.offset + container.length - 1);
    const added = `${style.eol}${inner}${name}${format(value, inner, style)}`;
    // Spaces inside the empty braces go; a comment there stays and follows.
    return rest.trim() === ''
      ? { at, length: rest.length, text: `${added}${style.eol}${outer}` }
      : { at, length: 0, text: added };
  }
  const at = last.offset + last.length;
  const onLines = text.slice(container.offset, first.offset).includes('\n');
  if (!onLines) return { at, length: 0, text: `, ${name}${JSON.stringify(value)}` };
  const indent = indentAt(text, last.offset);
  return { at, length: 0, text: `,${style.eol}${indent}${name}${format(value, indent, style)}` };
}

export function removeFrom(text: string, container: Node, index: number): ConfigSplice | null {
  const children = container.children ?? [];
  const child = children[index];
  if (child === undefined) return null;
  const end = child.offset + child.length;
  const before = children[index - 1];
  const after = children[index + 1];
  const onlyComma = (from: number, to: number): boolean => /^\s*,\s*$/u.test(text.slice(from, to));
  if (before !== undefined) {
    const from = before.offset + before.length;
    if (onlyComma(from, child.offset)) return cut(from, end);
  }
  if (before === undefined && after !== undefined && onlyComma(end, after.offset))
    return cut(child.offset, after.offset);
  if (before === undefined && after === undefined) {
    const from = container.offset + 1;
    const to = container.offset + container.length - 1;
    const around = text.slice(from, child.offset) + text.slice(end, to);
    if (/^\s*,?\s*$/u.test(around)) return cut(from, to);
  }
  // Comments in between are the owner's and stay; a comma that is left over is one OpenClaw reads.
  const comma = commaAfter(text, end);
  return comma === end ? cut(child.offset, comma + 1) : cutWithComma(text, child.offset, end, comma);
}

export function replaceNode(text: string, node: Node, value: Json): ConfigSplice {
  const style = styleOf(text);
  const shown = text.slice(node.offset, node.offset + node.length);
  const isList = node.type === 'array' || node.type === 'object';
  const inLine = isList && (node.children ?? []).length > 0 && !shown.includes('\n');
  const replacement = inLine ? JSON.stringify(value) : format(value, indentAt(text, node.offset), style);
  return { at: node.offset, length: node.length, text: replacement };
}

function cut(from: number, to: number): ConfigSplice {
  return { at: from, length: to - from, text: '' };
}

/** Keeps what stands between the child and its comma. */
function cutWithComma(text: string, from: number, end: number, comma: number | null): ConfigSplice {
  return comma === null
    ? cut(from, end)
    : { at: from, length: comma + 1 - from, text: text.slice(end, comma) };
}

/** Offset of the comma that follows, past spaces and comments; null when something else follows. */
function commaAfter(text: string, from: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === ',' ? at : null;
}

// ------------------------------------------------------------------ style of the file

interface Style {
  readonly unit: string;
  readonly eol: string;
}

function styleOf(text: string): Style {
  return {
    unit: /^([ \t]+)\S/mu.exec(text)?.[1] ?? '  ',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** White space the line of this offset starts with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? '';
}

function format(value: Json, indent: string, { unit, eol }: Style): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}
