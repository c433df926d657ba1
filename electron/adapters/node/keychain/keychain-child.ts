/**
 * The process keytar runs in: a keychain that hangs, crashes or forgets its service takes only this process along.
 * Started by child_process.fork (browser host) or Electron's utilityProcess (desktop host).
 */
import type * as keytar from 'keytar';
import { requestSchema, type KeychainAnswer, type KeychainReply, type KeychainRequest } from './messages.ts';

/** findCredentials is left out for good: it crashes on a locked keyring. */
type Keychain = Pick<typeof keytar, 'getPassword' | 'setPassword' | 'deletePassword'>;

interface ParentLink {
  onMessage(listener: (message: unknown) => void): void;
  send(reply: KeychainReply): void;
}

/** Electron's own end of a utilityProcess. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}

function linkToParent(): ParentLink {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isParentPort(port)) {
    return {
      onMessage: (listener) =>
        port.on('message', ({ data }) => {
          listener(data);
        }),
      send: (reply) => {
        port.postMessage(reply);
      },
    };
  }
  // Without a parent nobody needs us. A signal, because process.exit() waits for a prompt that is still open.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  return {
    onMessage: (listener) => process.on('message', listener),
    send: (reply) => process.send?.(reply),
  };
}

/** Loaded at the first request and inside a promise: on a machine without libsecret the load itself fails. */
async function loadKeychain(): Promise<Keychain> {
  const loaded = await import('keytar');
  return loaded.default;
}

async function carryOut(keychain: Keychain, request: KeychainRequest): Promise<KeychainAnswer> {
  switch (request.op) {
    case 'get':
      return keychain.getPassword(request.service, request.account);
    case 'set':
      await keychain.setPassword(request.service, request.account, request.value);
      return null;
    case 'delete':
      return keychain.deletePassword(request.service, request.account);
  }
}

const link = linkToParent();
link.onMessage((message) => {
  const request = requestSchema.parse(message);
  loadKeychain()
    .then((keychain) => carryOut(keychain, request))
    .then(
      (value) => {
        link.send({ id: request.id, ok: true, value });
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
        link.send({ id: request.id, ok: false, reason });
      },
    );
});
