/** On which channels a call of the message tool may come out, as OpenClaw 2026.9.6 chooses: never by the guard's guess. */
import { canonicalChannel } from '../../electron/contract/guard/channel-ids.ts';

/** The gateway's own web chat: no way out to anybody, so that naming it says nothing about where a call goes. */
export const ownSurface = 'webchat';

/** Stands for a channel nobody can tell: judged by the rules of all of them. */
export const anyChannel = '';

/**
 * OpenClaw takes the channel that is named; where it is not there, the turn's; else the only one it has.
 * @param named as the call writes it
 * @param turn channel of the turn; null: not told
 * @param configured channels the gateway has; null: not known
 * @returns canonical channels, all of which must allow it
 */
export function channelsOfCall(
  named: string | null,
  turn: string | null,
  configured: readonly string[] | null,
): readonly string[] {
  const there = (channel: string): boolean => configured === null || configured.includes(channel);
  const [first, second] = [away(named), away(turn)];
  const around = second !== null && there(second) ? second : null;
  if (first !== null) {
    if (!there(first)) return [anyChannel];
    // One that is set up but not loaded is not there for OpenClaw, and the turn's is taken.
    return around === null || around === first ? [first] : [first, around];
  }
  if (around !== null) return [around];
  const [only, ...others] = configured ?? [];
  return only === undefined || others.length > 0 ? [anyChannel] : [only];
}

function away(channel: string | null): string | null {
  const id = canonicalChannel(channel ?? '');
  return id === '' || id === ownSurface ? null : id;
}
