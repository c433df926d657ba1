/** What a message may carry that is nobody else's business, and what the owner wants done about each kind of it. */

/**
 * `private-key`: a key file or block. `token`: a key of a service, told by its maker's own prefix. `card-number`: of a
 * payment card, checked by its last digit. `seed-phrase`: the words of a wallet, checked by the last one.
 */
export const secretKinds = ['private-key', 'token', 'card-number', 'seed-phrase'] as const;
export type SecretKind = (typeof secretKinds)[number];

/** `stop`: refused at once; the owner can still send it once. */
export const secretModes = ['off', 'ask', 'stop'] as const;
export type SecretMode = (typeof secretModes)[number];

/** The owner is never asked about this kind in messages to this person. */
export interface SecretExemption {
  readonly channel: string;
  /** Canonical address. */
  readonly to: string;
  readonly kind: SecretKind;
}

/** One of the owner's own addresses: whatever goes there stays with them. */
export interface OwnAddress {
  readonly channel: string;
  /** Canonical address. */
  readonly to: string;
}

export interface ContentRules {
  readonly kinds: Readonly<Record<SecretKind, SecretMode>>;
  readonly exempt: readonly SecretExemption[];
  readonly own: readonly OwnAddress[];
}

/** Only what is certain is asked about unless the owner wants more. */
export const usualKinds: ContentRules['kinds'] = {
  'private-key': 'ask',
  token: 'ask',
  'card-number': 'off',
  'seed-phrase': 'off',
};

export const usualContentRules: ContentRules = { kinds: usualKinds, exempt: [], own: [] };
