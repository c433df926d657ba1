import type { EventEmitter } from 'node:events';
import process from 'node:process';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ElectronPowerEvents } from './power-events.ts';
import { startUtilityKeychainProcess } from './utility-keychain-process.ts';

interface FakeChild extends EventEmitter {
  pid: number | undefined;
  readonly posted: unknown[];
}
const native = vi.hoisted(() => ({
  power: null as EventEmitter | null,
  idleState: 'active',
  forked: [] as { script: string; args: unknown; options: unknown; child: FakeChild }[],
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  native.power = new EventEmitter();
  return {
    powerMonitor: Object.assign(native.power, { getSystemIdleState: () => native.idleState }),
    utilityProcess: {
      fork: (script: string, args: unknown, options: unknown) => {
        const posted: unknown[] = [];
        const child = Object.assign(new EventEmitter(), {
          pid: undefined,
          posted,
          postMessage: (message: unknown) => posted.push(message),
          kill: () => false,
        });
        native.forked.push({ script, args, options, child });
        return child;
      },
    },
  };
});

beforeEach(() => {
  native.forked.length = 0;
  native.idleState = 'active';
});

describe('power events', () => {
  it('follow suspend, resume and the lock screen until disposed', () => {
    const power = new ElectronPowerEvents('darwin');
    const heard: string[] = [];
    const stop = power.onSuspend(() => heard.push('suspend'));
    power.onResume(() => heard.push('resume'));
    native.power?.emit('suspend');
    native.power?.emit('resume');
    stop();
    native.power?.emit('suspend');
    expect(heard).toEqual(['suspend', 'resume']);

    native.power?.emit('lock-screen');
    expect(power.screenLocked).toBe(true);
    native.power?.emit('unlock-screen');
    expect(power.screenLocked).toBe(false);
    power.dispose();
    native.power?.emit('lock-screen');
    expect(power.screenLocked).toBe(false);
  });

  it('know a screen that is locked when the app starts', () => {
    native.idleState = 'locked';
    expect(new ElectronPowerEvents('darwin').screenLocked).toBe(true);
    // Linux would never tell that it was unlocked again.
    expect(new ElectronPowerEvents('linux').screenLocked).toBe(false);
  });
});

describe('the keychain process in Electron', () => {
  function start() {
    const keychain = startUtilityKeychainProcess({
      script: '/child.js',
      env: { LANG: 'C', EMPTY: undefined, OPENCLAW_GATEWAY_TOKEN: 'secret' },
    });
    const forked = native.forked[0];
    if (forked === undefined) throw new Error('nothing was started');
    return { keychain, forked, child: forked.child };
  }

  it('gets nothing by its arguments, and of the environment nothing secret', () => {
    const { forked } = start();
    expect([forked.script, forked.args, forked.options]).toEqual([
      '/child.js',
      [],
      { env: { LANG: 'C' }, serviceName: 'Portcullis keychain', stdio: 'ignore' },
    ]);
  });

  it('passes messages and its end on', () => {
    const { keychain, child } = start();
    const heard: unknown[] = [];
    keychain.onMessage((message) => heard.push(message));
    keychain.onEnd(() => heard.push('end'));
    const question = { op: 'get', id: 1, service: 'Portcullis', account: 'a/b' } as const;
    keychain.send(question);
    child.emit('message', { id: 1, ok: true });
    child.emit('exit', 1);
    child.emit('exit', 1);
    expect([child.posted, heard]).toEqual([[question], [{ id: 1, ok: true }, 'end']]);
  });

  it('may run out of memory without taking the app along', () => {
    const { child } = start();
    expect(() => child.emit('error', 'FatalError', 'here', '')).not.toThrow();
  });

  it('is killed so that it cannot refuse, as soon as it runs', () => {
    const { keychain, child } = start();
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    keychain.kill();
    expect([keychain.pid, kill.mock.calls]).toEqual([null, []]);
    child.pid = 4711;
    child.emit('spawn');
    kill.mockImplementation(() => {
      throw Object.assign(new Error('gone'), { code: 'ESRCH' });
    });
    keychain.kill();
    expect([keychain.pid, kill.mock.calls]).toEqual([
      4711,
      [
        [4711, 'SIGKILL'],
        [4711, 'SIGKILL'],
      ],
    ]);
    kill.mockRestore();
  });
});
