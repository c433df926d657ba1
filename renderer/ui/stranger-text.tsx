/** Text from strangers: always plain text, isolated from its surroundings, with what was escaped made plain. */
import type { DisplayText } from '../../electron/contract/display-text.ts';
import styles from './stranger-text.module.css';

/** How the core writes what it escaped or left out, e.g. ⟨U+202E⟩. It escapes these brackets too, so none is false. */
const escaped = /((?:⟨[^⟨⟩]{1,20}⟩)+)/;
/** Beyond this many places the escapes are only written, not marked: a flood of them must not stall the window. */
const maxPieces = 4000;

export function StrangerText({ value }: { readonly value: DisplayText }) {
  // With one group in the pattern, every second piece is an escape.
  const split = value.altered ? value.text.split(escaped) : [];
  const pieces = split.length > 0 && split.length <= maxPieces ? split : [value.text];
  return (
    <bdi className={styles['text']}>
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          <mark key={index} className={styles['escape']}>
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </bdi>
  );
}

/** What is odd about this text, in words; empty when nothing is. */
export function oddities(value: DisplayText): readonly string[] {
  return [
    ...(value.altered ? ['contains hidden characters, shown as ⟨U+…⟩'] : []),
    ...(value.mixedScripts ? ['mixes letters of different alphabets and may imitate another name'] : []),
    ...(value.truncated ? ['is shortened: the original is longer than what is shown'] : []),
  ];
}
