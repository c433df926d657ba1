/** Secrets that are handed to a browser. We keep no more of one than its hash. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** @returns 256 random bits, URL-safe */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** SECURITY: in constant time, so that an answer's delay tells nothing about the secret. */
export function isSameHash(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(one, other);
}
