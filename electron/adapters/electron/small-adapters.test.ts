import type { EventEmitter } from 'node:events';
import process from 'node:process';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { externalUrl, openExternal } from './external-opener.ts';
import { ElectronPowerEvents } from './power-events.ts';
import { startUtilityKeychainProcess } from './utility-keychain-process.ts';

interface FakeChild extends EventEmitter {
  pid: number | undefined;
  readonly posted: unknown[];
  polite: number;
}
const native = vi.hoisted(() => ({
  power: null as EventEmitter | null,
  idleState: 'active',
  opened: [] as string[],
  canOpen: true,
  forked: [] as { script: string; args: unknown; options: unknown; child: FakeChild }[],
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  native.power = new EventEmitter();
  return {
    powerMonitor: Object.assign(native.power, { getSystemIdleState: () => native.idleState }),
    shell: {
      openExternal: (url: string) => {
        if (!native.canOpen) return Promise.reject(new Error('no handler'));
        native.opened.push(url);
        return Promise.resolve();
      },
    },
    utilityProcess: {
      fork: (script: string, args: unknown, options: unknown) => {
        const posted: unknown[] = [];
        const child = Object.assign(new EventEmitter(), {
          pid: undefined,
          posted,
          polite: 0,
          postMessage: (message: unknown) => posted.push(message),
          kill: () => (child.polite += 1),
        });
        native.forked.push({ script, args, options, child });
        return child;
      },
    },
  };
});

beforeEach(() => {
  native.opened.length = 0;
  native.forked.length = 0;
  native.canOpen = true;
  native.idleState = 'active';
});

describe('opening a page elsewhere', () => {
  const hosts = new Set(['docs.example.org']);

  it.each([
    ['https://docs.example.org/pairing', 'https://docs.example.org/pairing'],
    ['http://docs.example.org/', null],
    ['https://docs.example.org.evil.example/', null],
    ['https://evil.example/docs.example.org', null],
    ['https://docs.example.org:8443/', null],
    ['https://me@docs.example.org/', null],
    ['https://docs.example.org@evil.example/', null],
    ['file:///etc/passwd', null],
    ['javascript:alert(1)', null],
    ['smb://docs.example.org/share', null],
    ['docs.example.org', null],
    ['', null],
  ])('turns %s into %s', async (text, expected) => {
    expect(externalUrl(text, hosts)).toBe(expected);
    expect((await openExternal(text, hosts)).ok).toBe(expected !== null);
    expect(native.opened).toEqual(expected === null ? [] : [expected]);
  });

  it('says so when no browser could be opened', async () => {
    native.canOpen = false;
    const result = await openExternal('https://docs.example.org/', hosts);
    expect(result).toMatchObject({ ok: false, error: { code: 'unsupported' } });
  });
});

describe('power events', () => {
  it('follow suspend, resume and the lock screen until disposed', () => {
    const power = new ElectronPowerEvents();
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
    expect(new ElectronPowerEvents().screenLocked).toBe(true);
  });
});

describe('the keychain process in Electron', () => {
  function start() {
    const keychain = startUtilityKeychainProcess({
      script: '/child.js',
      env: { LANG: 'C', EMPTY: undefined },
    });
    const forked = native.forked[0];
    if (forked === undefined) throw new Error('nothing was started');
    return { keychain, forked, child: forked.child };
  }

  it('gets nothing by its arguments and only the environment it was given', () => {
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
    keychain.send({ id: 1 });
    child.emit('message', { id: 1, ok: true });
    child.emit('exit', 1);
    child.emit('exit', 1);
    expect([child.posted, heard]).toEqual([[{ id: 1 }], [{ id: 1, ok: true }, 'end']]);
  });

  it('is killed so that it cannot refuse, once it has a process id', () => {
    const { keychain, child } = start();
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    keychain.kill();
    expect([keychain.pid, child.polite, kill.mock.calls]).toEqual([null, 1, []]);
    child.pid = 4711;
    keychain.kill();
    kill.mockImplementation(() => {
      throw Object.assign(new Error('gone'), { code: 'ESRCH' });
    });
    keychain.kill();
    expect([keychain.pid, child.polite, kill.mock.calls]).toEqual([
      4711,
      1,
      [
        [4711, 'SIGKILL'],
        [4711, 'SIGKILL'],
      ],
    ]);
    kill.mockRestore();
  });
});
