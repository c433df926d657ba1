/** What reading an address comes to. */

export type Address =
  | { readonly kind: 'phone'; readonly key: string }
  | { readonly kind: 'short-code'; readonly key: string }
  | { readonly kind: 'email'; readonly key: string }
  /** A name some senders have instead of a number, e.g. "AMAZON". Can be refused, never written to. */
  | { readonly kind: 'sender'; readonly key: string }
  /** A conversation by its row number in one Messages database; says nothing about who is in it. */
  | { readonly kind: 'chat'; readonly key: string }
  | { readonly kind: 'group'; readonly key: string }
  | { readonly kind: 'handle'; readonly key: string }
  /** An opaque id of the channel (Discord, Slack, …), compared exactly. */
  | { readonly kind: 'id'; readonly key: string };

export const addressProblems = [
  'empty',
  'too-long',
  /** Invisible or direction-changing characters. */
  'hidden-characters',
  /** Characters that only look like the usual letters, and digits other than 0-9. */
  'look-alike',
  /** On a phone channel: 17-19 digits, the chat or user id of another app and never a phone number. */
  'foreign-id',
  /** On a phone channel: digits that cannot be a phone number. */
  'wrong-shape',
  /** A number without a country code, and the country it would be dialled in is not known. */
  'national',
  /** Few digits: a short number, or a number of the country it is dialled in. */
  'ambiguous',
  /** A number with an extension, which a message cannot reach. */
  'extension',
  /** On a phone channel: a name; only the sending side could say which number it stands for. */
  'name',
  'not-understood',
] as const;
export type AddressProblem = (typeof addressProblems)[number];

export interface AddressContext {
  readonly channel: string;
  /** ISO 3166 country that national numbers are dialled in; null: not known, and they are not understood. */
  readonly region: string | null;
}
