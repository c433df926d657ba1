/** The cookies of tabs that were let in. They live in memory, so they end with the app. */
import { randomBytes } from 'node:crypto';
import { hashOf, isSameHash, newSecret } from './browser-secret.ts';

/** Each browser profile the owner opens takes one; beyond this the oldest must be opened again. */
const maxSessions = 16;

export class TabSessions {
  readonly #cookieName: string;
  #hashes: readonly Buffer[] = [];

  /**
   * @param port cookies on 127.0.0.1 are shared by all ports, so the name carries ours and a random part: a second
   * Portcullis, or another program, never overwrites or guesses it
   */
  constructor(port: number) {
    this.#cookieName = `portcullis-${String(port)}-${randomBytes(6).toString('hex')}`;
  }

  /** @returns the Set-Cookie value of a new session; no Max-Age, so it ends with the browser too */
  start(): string {
    const value = newSecret();
    this.#hashes = [...this.#hashes, hashOf(value)].slice(-maxSessions);
    return `${this.#cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** SECURITY: the only thing that lets a WebSocket in. */
  holds(cookieHeader: string | undefined): boolean {
    return valuesOf(cookieHeader, this.#cookieName).some((value) => {
      const hash = hashOf(value);
      return this.#hashes.some((known) => isSameHash(known, hash));
    });
  }
}

function valuesOf(header: string | undefined, name: string): readonly string[] {
  const prefix = `${name}=`;
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
}
