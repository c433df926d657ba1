/** What the people page needs from this machine. Same rules as `ports.ts`. */
import type { Result } from '../contract/result.ts';

/** One contact approved by pairing, as the gateway stored it. */
export interface StoredContact {
  readonly channel: string;
  readonly account: string;
  readonly entry: string;
}

/**
 * The gateway's own list of approved contacts, for a gateway on this machine: no gateway method tells it. Read only;
 * the gateway rewrites whole channels at once, so nobody else may write there.
 */
export interface StoredContacts {
  read(): Promise<Result<readonly StoredContact[], 'absent' | 'unreadable'>>;
}
