/** What a message carries of the kinds its owner wants to know about; the one call of every guard on the way. */
import { knownPolicy } from '../send.ts';
import type { PolicyState } from '../send.ts';
import { findSecrets } from './find-secrets.ts';
import { isPrivateKeyFile } from './private-keys.ts';
import { secretKinds, usualContentRules } from './secret-kinds.ts';
import type { SecretKind } from './secret-kinds.ts';

export interface OutgoingContent {
  /** Everything of it somebody may read. */
  readonly texts: readonly string[];
  /** Its files as the sender named them; what is in them is not looked at. */
  readonly fileNames: readonly string[];
}

export function secretsIn(state: PolicyState, { texts, fileNames }: OutgoingContent): readonly SecretKind[] {
  const { kinds } = knownPolicy(state)?.content ?? usualContentRules;
  const watched = secretKinds.filter((kind) => kinds[kind] !== 'off');
  const read = [...new Set([...texts, ...fileNames])];
  return watched.filter(
    (kind) =>
      read.some((text) => findSecrets(text, [kind]).length > 0) ||
      (kind === 'private-key' && fileNames.some(isPrivateKeyFile)),
  );
}
