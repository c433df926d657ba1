/**
 * What we keep per gateway to be let in again: our device key, the device token, and the shared token the owner typed.
 * Everything lives in the keychain, or in memory until the app quits when there is none; never elsewhere.
 */
import { z } from 'zod';
import { Listeners, type Stop } from '../../contract/listeners.ts';
import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { KeychainView } from '../../contract/snapshot.ts';
import type { DeviceIdentity, Logger, SecretStore } from '../ports.ts';

/** The keychain is there but cannot be used now; nothing may be concluded from it. */
export type KeychainTrouble = 'keychain-locked' | 'keychain-hung';

export interface StoredToken {
  readonly token: string;
  readonly scopes: readonly string[];
}

const identitySchema = z.object({
  deviceId: z.string().regex(/^[0-9a-f]{64}$/),
  publicKeyPem: z.string().startsWith('-----BEGIN PUBLIC KEY-----'),
  privateKeyPem: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
});
const deviceTokenSchema = z.object({ token: z.string().min(1), scopes: z.array(z.string()) });
const sharedTokenSchema = z.object({ token: z.string().min(1) });

type Item = 'identity' | 'device-token' | 'shared-token';

export class Credentials {
  readonly #store: SecretStore;
  readonly #logger: Logger;
  /** Items of a session without a keychain, by account. */
  readonly #session = new Map<string, string>();
  readonly #listeners = new Listeners<[KeychainView]>();
  readonly onView = this.#listeners.add;
  readonly #stopListening: Stop;
  #sessionChosen = false;

  constructor(store: SecretStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
    this.#stopListening = store.onState(() => {
      this.#announce();
    });
  }

  get view(): KeychainView {
    return { state: this.#store.state, sessionOnly: this.#isSessionOnly() };
  }

  /** The owner goes on without the keychain until the app quits. */
  useSession(): void {
    if (this.#sessionChosen) return;
    this.#sessionChosen = true;
    this.#announce();
  }

  /** Our key for this gateway, made on first use. An unreadable keychain never leads to a second key. */
  async identity(
    gatewayId: string,
    create: () => DeviceIdentity,
  ): Promise<Result<DeviceIdentity, KeychainTrouble>> {
    const stored = await this.#read(gatewayId, 'identity', identitySchema);
    if (!stored.ok) return stored;
    if (stored.value !== null) return ok(stored.value);
    const identity = create();
    const saved = await this.#write(gatewayId, 'identity', identity);
    return saved.ok ? ok(identity) : saved;
  }

  deviceToken(gatewayId: string): Promise<Result<StoredToken | null, KeychainTrouble>> {
    return this.#read(gatewayId, 'device-token', deviceTokenSchema);
  }

  saveDeviceToken(gatewayId: string, token: StoredToken): Promise<Result<null, KeychainTrouble>> {
    return this.#write(gatewayId, 'device-token', token);
  }

  forgetDeviceToken(gatewayId: string): Promise<Result<null, KeychainTrouble>> {
    return this.#erase(gatewayId, 'device-token');
  }

  /** The gateway token the owner typed, kept where no config file holds it. */
  async sharedToken(gatewayId: string): Promise<Result<string | null, KeychainTrouble>> {
    const stored = await this.#read(gatewayId, 'shared-token', sharedTokenSchema);
    return stored.ok ? ok(stored.value?.token ?? null) : stored;
  }

  saveSharedToken(gatewayId: string, token: string): Promise<Result<null, KeychainTrouble>> {
    return this.#write(gatewayId, 'shared-token', { token });
  }

  forgetSharedToken(gatewayId: string): Promise<Result<null, KeychainTrouble>> {
    return this.#erase(gatewayId, 'shared-token');
  }

  dispose(): void {
    this.#stopListening();
    this.#listeners.clear();
    this.#session.clear();
  }

  /** A method, because the answer may change with every await. */
  #isSessionOnly(): boolean {
    return this.#sessionChosen || this.#store.state === 'absent';
  }

  async #read<T>(
    gatewayId: string,
    item: Item,
    schema: z.ZodType<T>,
  ): Promise<Result<T | null, KeychainTrouble>> {
    const account = accountOf(gatewayId, item);
    const fromSession = this.#session.get(account);
    if (fromSession !== undefined) return ok(this.#parse(fromSession, item, schema));
    if (this.#isSessionOnly()) return ok(null);
    const stored = await this.#store.get(account);
    if (stored.ok) return ok(stored.value === null ? null : this.#parse(stored.value, item, schema));
    // The attempt itself may have told the store that there is no keychain at all.
    return this.#isSessionOnly() ? ok(null) : fail(this.#trouble(stored.error, item));
  }

  async #write(gatewayId: string, item: Item, value: object): Promise<Result<null, KeychainTrouble>> {
    const account = accountOf(gatewayId, item);
    const text = JSON.stringify(value);
    if (!this.#isSessionOnly()) {
      const saved = await this.#store.set(account, text);
      if (saved.ok) {
        this.#session.delete(account);
        return saved;
      }
      if (!this.#isSessionOnly()) return fail(this.#trouble(saved.error, item));
    }
    this.#session.set(account, text);
    return ok(null);
  }

  async #erase(gatewayId: string, item: Item): Promise<Result<null, KeychainTrouble>> {
    const account = accountOf(gatewayId, item);
    this.#session.delete(account);
    if (this.#isSessionOnly()) return ok(null);
    const erased = await this.#store.delete(account);
    if (erased.ok || this.#isSessionOnly()) return ok(null);
    return fail(this.#trouble(erased.error, item));
  }

  /** A damaged item is as good as none: it is replaced by the next good one. */
  #parse<T>(text: string, item: Item, schema: z.ZodType<T>): T | null {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = undefined;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    this.#logger.log('warn', 'credential-damaged', { item });
    return null;
  }

  #trouble(error: AppError, item: Item): KeychainTrouble {
    this.#logger.log('warn', 'credential-unavailable', { item, state: this.#store.state, code: error.code });
    return this.#store.state === 'locked' ? 'keychain-locked' : 'keychain-hung';
  }

  #announce(): void {
    this.#listeners.emit(this.view);
  }
}

/** Short, readable in a keychain viewer, and never a secret itself. */
function accountOf(gatewayId: string, item: Item): string {
  return `${gatewayId}/${item}`;
}
