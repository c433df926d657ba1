/** A stopped message as the owner is shown it, and the hash an answer names it by. */
import { isSurplus } from '../../electron/contract/guard/blocked-send.ts';
import type { BlockedSend, ShownSend } from '../../electron/contract/guard/blocked-send.ts';
import { sha256 } from '../store/sha256.ts';
import type { SharedState } from './shared-state.ts';

interface Moment {
  readonly state: SharedState;
  readonly now: () => number;
}

export function asRefused(send: BlockedSend): BlockedSend {
  return { ...send, state: 'refused', until: null, holder: null };
}

/** As it is now: a hold nobody waits in any more and a "send once" nobody carried out are refused sends. */
export function asSeen({ state, now }: Moment, send: BlockedSend): BlockedSend {
  if (send.state === 'held' && (send.holder !== state.holder || !state.holds.has(send.id)))
    return asRefused(send);
  if (send.state === 'allowed' && (send.until ?? 0) <= now()) return asRefused(send);
  return send;
}

export function asShown(parts: Moment, send: BlockedSend): ShownSend {
  return { ...asSeen(parts, send), shown: shownHash(send) };
}

/** Covers whom it goes to, who is there, the whole text, every file and how it is sent; not when or how often. */
export function shownHash(send: BlockedSend): string {
  // The answer is about the limit, whatever joins meanwhile: else nobody could answer an assistant that does not stop.
  if (isSurplus(send)) return hashOf([send.rule, send.id]);
  const { channel, account, action, targets, text, textComplete, textSha256, media, files } = send;
  const { secrets = [] } = send;
  const places = targets.map(({ to, key, people }) => [to, key, people]);
  const attached = (files ?? []).map(({ name, bytes, sha256 }) => [name, bytes, sha256]);
  const covered = [
    channel,
    account,
    action,
    places,
    text,
    textComplete,
    textSha256,
    media,
    attached,
    secrets,
  ];
  return hashOf(covered);
}

function hashOf(covered: unknown): string {
  return sha256(JSON.stringify(covered));
}
