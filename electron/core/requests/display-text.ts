/**
 * Makes text from strangers safe to look at. Rule: `altered` is true exactly when what is shown differs from the
 * original (after Unicode NFC, and apart from the cut), so anything hidden is visible and anything changed is told.
 */
import type { DisplayText } from '../../contract/display-text.ts';

/** No writing system stacks more marks on one letter; floods cover the lines around them. */
const maxMarks = 4;
/** Longest input looked at per shown character; the rest counts as cut. Keeps 10 kB names cheap. */
const inputPerCharacter = 16;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const blank = /^\p{White_Space}+/u;
/** One whole, registered emoji: the only place where joiners and variation selectors may stay. */
const emoji = /^\p{RGI_Emoji}$/v;
/**
 * Invisible, reordering, unassigned or private characters; blanks that look like nothing (U+2800); the object
 * placeholder; and our own escape brackets, so that nobody can write a false escape.
 */
const concealed = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u27E8\u27E9]/u;
const mark = /\p{M}/u;
/** Anything the rules above speak of; what has none of it is shown as it is. */
const delicate = /[\p{M}\p{C}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u27E8\u27E9]/u;
const plain = /^[\x21-\x7E]+( [\x21-\x7E]+)*$/;

/**
 * @param raw text as it came
 * @param max characters to show, as a reader counts them (an escape counts its own length)
 */
export function displayText(raw: string, max: number): DisplayText {
  if (raw.length <= max && plain.test(raw)) {
    return { text: raw, altered: false, truncated: false, mixedScripts: false };
  }
  const head = raw.length > max * inputPerCharacter ? raw.slice(0, max * inputPerCharacter) : raw;
  const source = head.toWellFormed().normalize('NFC');
  let text = '';
  let shown = 0;
  let altered = !raw.isWellFormed();
  let truncated = head !== raw;
  let spaceWaiting = false;

  for (const segment of segmentsOf(source)) {
    if (blank.test(segment)) {
      altered ||= segment !== ' ' || spaceWaiting || text === '';
      spaceWaiting = text !== '';
      continue;
    }
    const piece = showGrapheme(segment);
    const length = (piece === segment ? 1 : piece.length) + (spaceWaiting ? 1 : 0);
    if (shown + length > max) {
      truncated = true;
      break;
    }
    altered ||= piece !== segment;
    text += spaceWaiting ? ` ${piece}` : piece;
    spaceWaiting = false;
    shown += length;
  }
  altered ||= spaceWaiting && !truncated;
  return { text: truncated ? `${text}…` : text, altered, truncated, mixedScripts: hasMixedScripts(text) };
}

const plainLines = /^[\x20-\x7E\n]*$/;
/** What a message may be laid out with; kept as it is. */
const layout = /^[ \t\n]+$/u;
const space = /^\p{Zs}+$/u;

/**
 * The multi-line form, for the text of a message: line breaks (`\r\n` counts as one), spaces and tabs stay, so that it
 * reads as it would arrive. Everything else is treated as in `displayText`.
 * @param max characters to show; Infinity: all of them
 */
export function displayLines(raw: string, max: number): DisplayText {
  if (raw.length <= max && plainLines.test(raw)) {
    return { text: raw, altered: false, truncated: false, mixedScripts: false };
  }
  const head = raw.length > max * inputPerCharacter ? raw.slice(0, max * inputPerCharacter) : raw;
  const source = head.toWellFormed().normalize('NFC').replaceAll('\r\n', '\n');
  const shownPieces: string[] = [];
  let shown = 0;
  let altered = !raw.isWellFormed();
  let truncated = head !== raw;
  for (const segment of segmentsOf(source)) {
    const piece = showInLine(segment);
    const length = piece === segment ? 1 : piece.length;
    if (shown + length > max) {
      truncated = true;
      break;
    }
    altered ||= piece !== segment;
    shownPieces.push(piece);
    shown += length;
  }
  const text = shownPieces.join('');
  return { text: truncated ? `${text}…` : text, altered, truncated, mixedScripts: hasMixedScripts(text) };
}

/** Short for facts that may be missing: empty and absent are both null. */
export function optionalText(raw: string | undefined, max: number): DisplayText | null {
  return raw === undefined || raw.trim() === '' ? null : displayText(raw, max);
}

/** Shortens text that is already safe, between characters. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** True when nothing was cut, escaped or suspicious: what is shown is all there is. */
export function isPlainlyShown(text: DisplayText | null): boolean {
  return text === null || !(text.altered || text.truncated || text.mixedScripts);
}

/** Characters as a reader sees them; a blank that carries marks comes apart from its marks. */
function* segmentsOf(source: string): Generator<string> {
  for (const { segment } of graphemes.segment(source)) {
    const blanks = blank.exec(segment)?.[0] ?? '';
    if (blanks !== '') yield blanks;
    if (blanks.length < segment.length) yield segment.slice(blanks.length);
  }
}

function showInLine(segment: string): string {
  if (layout.test(segment)) return segment;
  if (!blank.test(segment)) return showGrapheme(segment);
  return space.test(segment) ? ' ' : Array.from(segment, escapeOf).join('');
}

function showGrapheme(grapheme: string): string {
  if (!delicate.test(grapheme) || emoji.test(grapheme)) return grapheme;
  let shown = '';
  let marks = 0;
  for (const character of grapheme) {
    if (concealed.test(character)) {
      shown += escapeOf(character);
    } else if (mark.test(character)) {
      marks += 1;
      // A mark without a letter would sit on whatever text we put in front.
      if (shown === '') shown = '\u25CC';
      if (marks <= maxMarks) shown += character;
    } else {
      shown += character;
    }
  }
  return marks > maxMarks ? `${shown}⟨+${String(marks - maxMarks)} marks⟩` : shown;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

const letters = /[\p{L}\p{M}]+/gu;
const ascii = /^[\x20-\x7E]*$/;
/** Scripts with look-alike letters, and `wide` ones that are commonly written together and with Latin. */
const scripts: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['armenian', /\p{Script=Armenian}/u],
  ['cherokee', /\p{Script=Cherokee}/u],
  ['wide', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u],
  ['neutral', /[\p{Script=Common}\p{Script=Inherited}]/u],
];

/** Does one word mix scripts (UTS 39 "highly restrictive": Latin with Chinese, Japanese or Korean is fine)? */
function hasMixedScripts(text: string): boolean {
  if (ascii.test(text)) return false;
  for (const [word] of text.matchAll(letters)) {
    const found = new Set<string>();
    for (const letter of word) {
      found.add(scripts.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'other');
    }
    found.delete('neutral');
    if (found.has('latin')) found.delete('wide');
    if (found.size > 1) return true;
  }
  return false;
}
