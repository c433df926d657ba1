/** Starts the keychain child in Electron, whose packaged builds cannot fork plain Node. */
import process from 'node:process';
import { utilityProcess } from 'electron';
import { withoutSecrets, type ForkOptions, type KeychainProcess } from '../node/keychain/keychain-process.ts';

export function startUtilityKeychainProcess({ script, env }: ForkOptions): KeychainProcess {
  const child = utilityProcess.fork(script, [], {
    env: Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([, value]) => value !== undefined)),
    serviceName: 'Portcullis keychain',
    stdio: 'ignore',
  });
  // Followed by `exit`; unheard, it would end the app. Comes when its memory is full.
  child.on('error', () => undefined);
  return {
    get pid() {
      return child.pid ?? null;
    },
    send: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onEnd: (listener) => {
      // Comes for every kind of end, crashes included.
      child.once('exit', listener);
    },
    kill: () => {
      if (child.pid !== undefined) {
        killHard(child.pid);
        return;
      }
      // Before it runs there is nothing to kill yet, and Electron says so with false.
      child.once('spawn', () => {
        if (child.pid !== undefined) killHard(child.pid);
      });
    },
  };
}

/** `kill()` of a utility process is a polite SIGTERM; a child that waits for a password prompt needs the other one. */
function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ended already.
  }
}
