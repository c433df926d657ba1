/** One-time tokens that let a browser tab in. Only their hashes are kept, in memory, for a few minutes. */
import { hashOf, isSameHash, newSecret } from './browser-secret.ts';

export const openTokenLifeMs = 5 * 60_000;

/** More open invitations than this are not a person clicking; the oldest lapses. */
const maxOpen = 8;

interface Invitation {
  readonly hash: Buffer;
  readonly issuedAt: number;
  readonly onRedeemed: () => void;
}

export class OpenTokens {
  /** Milliseconds on a clock nobody sets, so that no token outlives its time. */
  readonly #now: () => number;
  #open: readonly Invitation[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(onRedeemed: () => void = () => undefined): string {
    const token = newSecret();
    const invitation = { hash: hashOf(token), issuedAt: this.#now(), onRedeemed };
    this.#open = [...this.#fresh(), invitation].slice(-maxOpen);
    return token;
  }

  /** True once per token, and only while it lives. */
  redeem(token: string): boolean {
    const hash = hashOf(token);
    const found = this.#fresh().find((invitation) => isSameHash(invitation.hash, hash));
    if (found === undefined) return false;
    this.#open = this.#open.filter((invitation) => invitation !== found);
    found.onRedeemed();
    return true;
  }

  #fresh(): readonly Invitation[] {
    const oldest = this.#now() - openTokenLifeMs;
    this.#open = this.#open.filter((invitation) => invitation.issuedAt >= oldest);
    return this.#open;
  }
}
