/**
 * Sits between a throw-away gateway and whoever started it. Told to end, it ends the gateway and all it started; when its
 * starter is gone without a word (killed, crashed, terminal closed), it also removes the gateway's folder.
 *
 * Arguments: folder, then the gateway's command line. Sends the gateway's process id over the IPC channel.
 */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { forgetStateLocks } from './state-locks.ts';

/** The gateway first finishes what it is doing; nothing of a throw-away one is worth waiting longer. */
const GRACE_MS = 12_000;

const [folder, file, ...args] = process.argv.slice(2);
if (folder === undefined || file === undefined)
  throw new Error('Usage: gateway-keeper <folder> <command> [...args]');

const gateway = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
const gone = new Promise<number>((resolve) => {
  gateway.once('error', () => {
    resolve(1);
  });
  gateway.once('exit', (code) => {
    resolve(code ?? 1);
  });
});
const starter = { gone: false };

process.send?.(gateway.pid);
process.once('message', endGateway);
process.once('SIGTERM', endGateway);
process.once('SIGINT', endGateway);
process.once('SIGHUP', endGateway);
process.once('disconnect', () => {
  starter.gone = true;
  endGateway();
});

const code = await gone;
if (starter.gone) {
  await forgetStateLocks(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
endHelpers(code);

function endGateway(): void {
  gateway.kill('SIGTERM');
  void delay(GRACE_MS, undefined, { ref: false }).then(() => gateway.kill('SIGKILL'));
}

/** Whatever the gateway left in our process group ends with us. */
function endHelpers(exitCode: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(gateway.pid ?? 0)], { windowsHide: true });
    process.exit(exitCode);
  }
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.exit(exitCode);
  }
}
