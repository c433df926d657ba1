/** Ed25519 keys in the form the gateway knows them (docs/GATEWAY-PROTOCOL.md#the-handshake). */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { DeviceIdentity } from '../../../core/ports.ts';

export function createDeviceIdentity(): DeviceIdentity {
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    deviceId: createHash('sha256').update(rawPublicKey(pair.publicKey)).digest('hex'),
    publicKeyPem: pair.publicKey,
    privateKeyPem: pair.privateKey,
  };
}

/** Base64url without padding, as everything in the connect frame. */
export function publicKeyForWire(publicKeyPem: string): string {
  return rawPublicKey(publicKeyPem).toString('base64url');
}

export function signForWire(privateKeyPem: string, payload: string): string {
  return sign(null, Buffer.from(payload, 'utf8'), createPrivateKey(privateKeyPem)).toString('base64url');
}

/** The last 32 bytes of an Ed25519 SPKI structure are the key itself. */
function rawPublicKey(publicKeyPem: string): Buffer {
  return createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' }).subarray(-32);
}
