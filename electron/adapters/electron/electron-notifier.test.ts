import type { NotificationConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acting } from '../../../e2e/electron-stand-in/acting.ts';
import {
  centre,
  pressNotification,
  timeOutNotification,
  type Notification as Shown,
} from '../../../e2e/electron-stand-in/notification.ts';
import type { NotificationSpec } from '../../core/ports.ts';
import { ElectronNotifier } from './electron-notifier.ts';

const native = vi.hoisted(() => ({
  shown: [] as (Shown & { readonly options: NotificationConstructorOptions; closed: boolean })[],
  /** What the system does when asked to show; null: as the stand-in has it. */
  onShow: null as ((shown: Shown) => void) | null,
  supported: true,
}));

/** The stand-in's, which macOS and Windows refuse as they would the real ones. */
vi.mock('electron', async () => {
  const { Notification: Base } = await import('../../../e2e/electron-stand-in/notification.ts');
  class Notification extends Base {
    declare readonly options: NotificationConstructorOptions;
    closed = false;
    override show(): void {
      native.shown.push(this);
      if (native.onShow === null) super.show();
      else native.onShow(this);
    }
    override close(): void {
      this.closed = true;
      super.close();
    }
    static override isSupported = (): boolean => Base.isSupported() && native.supported;
  }
  return { Notification };
});

const spec: NotificationSpec = {
  id: 'request:chat:1',
  title: 'Somebody wants in',
  body: '<b>+41</b>',
  urgency: 'critical',
  actions: [
    { token: 'deny-token', label: 'Deny' },
    { token: 'approve-token', label: 'Approve' },
  ],
  openToken: 'open-token',
};

function setUp(platform: NodeJS.Platform = 'darwin') {
  acting.platform = platform;
  const notifier = new ElectronNotifier(platform, () => Date.now());
  const activated: string[] = [];
  const gone: unknown[] = [];
  const capabilities: unknown[] = [];
  notifier.onActivated((token) => activated.push(token));
  notifier.onGone((id, reason) => gone.push([id, reason]));
  notifier.onCapabilities((value) => capabilities.push(value));
  return { notifier, activated, gone, capabilities };
}

function last() {
  const shown = native.shown.at(-1);
  if (shown === undefined) throw new Error('nothing was shown');
  return shown;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000, toFake: ['Date', 'setTimeout', 'clearTimeout'] });
  native.shown.length = 0;
  native.supported = true;
  native.onShow = null;
  acting.ready = true;
  Object.assign(centre, { permission: 'allowed', timesAsked: 0, leftOver: 0, onActivation: null });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('showing', () => {
  it('hands text, urgency and buttons over as they are', async () => {
    const { notifier } = setUp();
    expect(await notifier.show(spec)).toEqual({ ok: true, value: null });
    expect(last().options).toEqual({
      title: 'Somebody wants in',
      body: '<b>+41</b>',
      urgency: 'critical',
      timeoutType: 'never',
      actions: [
        { type: 'button', text: 'Deny' },
        { type: 'button', text: 'Approve' },
      ],
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('replaces by id, and the replaced one is not reported as gone', async () => {
    const { notifier, gone, activated } = setUp();
    await notifier.show(spec);
    const first = last();
    await notifier.show({ ...spec, actions: [{ token: 'new-deny', label: 'Deny' }] });
    expect(first.closed).toBe(true);
    first.emit('action', { actionIndex: 1 });
    last().emit('action', { actionIndex: 0 });
    expect([gone, activated]).toEqual([[], ['new-deny']]);
  });

  it.each([
    ['is refused', (shown: Shown): void => void shown.emit('failed', {}, 'not allowed')],
    ['is met with silence', (): void => undefined],
  ])('fails when it %s, says so, and looks again a minute later', async (_case, onShow) => {
    const { notifier, capabilities } = setUp('win32');
    native.onShow = onShow;
    const result = notifier.show(spec);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await result).toMatchObject({ ok: false, error: { retryable: true } });
    expect(capabilities).toEqual([{ shows: false, actions: true, fixedTextOnly: false }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notifier.capabilities.shows).toBe(true);
    await notifier.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('knows where the system has none', () => {
    native.supported = false;
    expect(setUp('win32').notifier.capabilities).toEqual({
      shows: false,
      actions: true,
      fixedTextOnly: false,
    });
  });
});

describe('on macOS', () => {
  it('asks the owner when the window is before them, not at the start', () => {
    centre.permission = 'undecided';
    const { notifier } = setUp('darwin');
    expect([centre.timesAsked, notifier.capabilities.shows]).toEqual([0, true]);
    notifier.ownerLooks();
    notifier.ownerLooks();
    expect(centre.timesAsked).toBe(1);
  });

  it.each(['undecided', 'denied', 'unsigned'] as const)(
    'refused as %s, it tries again when the owner looks, not every minute',
    async (permission) => {
      centre.permission = permission;
      const { notifier, capabilities } = setUp('darwin');
      expect(await notifier.show(spec)).toMatchObject({ ok: false });
      expect(vi.getTimerCount()).toBe(0);
      expect(capabilities.map((value) => (value as { shows: boolean }).shows)).toEqual([false]);
      centre.permission = 'allowed';
      notifier.ownerLooks();
      expect(notifier.capabilities.shows).toBe(true);
      expect(await notifier.show(spec)).toMatchObject({ ok: true });
    },
  );

  it('clears the cards of a run that was killed: nobody hears their buttons', () => {
    centre.leftOver = 2;
    setUp('darwin');
    expect(centre.leftOver).toBe(0);
  });
});

it('shows on Windows under any id of ours', async () => {
  const { notifier } = setUp('win32');
  expect(await notifier.show({ ...spec, id: 'x'.repeat(500) })).toMatchObject({ ok: true });
});

describe('answers', () => {
  it.each([
    ['the first button', 'action', { actionIndex: 0 }, 'deny-token'],
    ['the second button', 'action', { actionIndex: 1 }, 'approve-token'],
    ['a button we never offered', 'action', { actionIndex: 2 }, 'open-token'],
    ['a negative button', 'action', { actionIndex: -1 }, 'open-token'],
    ['a plain click', 'click', {}, 'open-token'],
  ])('to %s hand back its token, once', async (_case, event, details, token) => {
    const { notifier, activated, gone } = setUp();
    await notifier.show(spec);
    last().emit(event, details);
    last().emit(event, details);
    last().emit('close', {});
    expect([activated, gone]).toEqual([[token], []]);
  });

  it('never come from a notification that was withdrawn', async () => {
    const { notifier, activated, gone } = setUp();
    await notifier.show(spec);
    const shown = last();
    await notifier.close(spec.id);
    shown.emit('action', { actionIndex: 1 });
    expect([shown.closed, activated, gone]).toEqual([true, [], []]);
  });

  it.each([
    ['darwin', {}, [[spec.id, 'dismissed']]],
    ['darwin', { reason: 'timedOut' }, [[spec.id, 'expired']]],
    ['win32', { reason: 'userCanceled' }, [[spec.id, 'dismissed']]],
    ['win32', { reason: 'timedOut' }, []],
    ['win32', { reason: 'applicationHidden' }, []],
  ] as const)('on %s, closing with %j is reported as %j', async (platform, details, expected) => {
    const { notifier, gone } = setUp(platform);
    await notifier.show(spec);
    last().emit('close', details);
    expect(gone).toEqual(expected);
  });

  it('on Windows still count after the notification moved to the notification centre', async () => {
    const { notifier, activated } = setUp('win32');
    await notifier.show(spec);
    timeOutNotification();
    pressNotification('Deny');
    expect(activated).toEqual(['deny-token']);
  });
});

describe('a press on a notification of an earlier run', () => {
  it('only opens the window', async () => {
    const { activated } = setUp('win32');
    centre.onActivation?.({ type: 'action', actionIndex: 1, arguments: 'type=action&action=1' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(activated).toEqual(['']);
  });

  it.each(['before', 'after'])(
    'is told from one on a living notification reported just %s',
    async (order) => {
      const { notifier, activated } = setUp('win32');
      await notifier.show(spec);
      if (order === 'after') centre.onActivation?.({ type: 'action', arguments: 'type=action&action=1' });
      last().emit('action', { actionIndex: 1 });
      if (order === 'before') centre.onActivation?.({ type: 'action', arguments: 'type=action&action=1' });
      await vi.advanceTimersByTimeAsync(5_000);
      expect(activated).toEqual(['approve-token']);
    },
  );

  it('cannot be heard on macOS', () => {
    setUp('darwin');
    expect(centre.onActivation).toBeNull();
  });
});
