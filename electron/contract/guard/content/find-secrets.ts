/** Finds what is secret in a text. Pure, and quick whatever the text is: nothing in here looks back and forth. */
import { assertNever } from '../../result.ts';
import { cardNumbersIn } from './card-numbers.ts';
import { privateKeysIn } from './private-keys.ts';
import { secretKinds } from './secret-kinds.ts';
import type { SecretKind } from './secret-kinds.ts';
import type { Span } from './span.ts';
import { seedPhrasesIn } from './seed-phrases.ts';
import { tokensIn } from './token-shapes.ts';

export interface FoundSecret extends Span {
  readonly kind: SecretKind;
}

/** @returns in the order they stand in the text; those that overlap are one, of the kind that begins first */
export function findSecrets(
  text: string,
  kinds: readonly SecretKind[] = secretKinds,
): readonly FoundSecret[] {
  const found = kinds.flatMap((kind) => spansOf(kind, text).map((span) => ({ kind, ...span })));
  const apart: FoundSecret[] = [];
  for (const next of found.toSorted((one, other) => one.start - other.start)) {
    const last = apart.at(-1);
    if (last === undefined || next.start >= last.end) apart.push(next);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, next.end) };
  }
  return apart;
}

/** For places where a message is only named: enough of it stays to know which one is meant. */
export function maskSecrets(text: string, kinds?: readonly SecretKind[]): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of findSecrets(text, kinds)) {
    masked += `${text.slice(from, start)}••••`;
    from = end;
  }
  return masked + text.slice(from);
}

function spansOf(kind: SecretKind, text: string): readonly Span[] {
  switch (kind) {
    case 'private-key':
      return privateKeysIn(text);
    case 'token':
      return tokensIn(text);
    case 'card-number':
      return cardNumbersIn(text);
    case 'seed-phrase':
      return seedPhrasesIn(text);
    default:
      return assertNever(kind);
  }
}
