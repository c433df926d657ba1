/** What node-notifier is told, and what its reports may do. Its helpers run on macOS and Windows only. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LookHereNotifier, lookHere, type NotifyFunction } from './look-here-notifier.ts';
import { pairingRequest } from './recorded-notifier.fixture.ts';

type Report = Parameters<NotifyFunction>[1];

describe('LookHereNotifier', () => {
  let told: unknown[];
  let reports: Report[];
  let activated: string[];
  let gone: { id: string; reason: string }[];
  let notifier: LookHereNotifier;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    reports = [];
    activated = [];
    gone = [];
    const notify: NotifyFunction = (notification, report) => {
      told.push(notification);
      reports.push(report);
    };
    notifier = new LookHereNotifier(notify, { log: () => undefined });
    notifier.onActivated((token) => activated.push(token));
    notifier.onGone((id, reason) => gone.push({ id, reason }));
  });
  afterEach(async () => {
    await notifier.dispose();
    vi.useRealTimers();
  });

  it('tells nothing of the request', async () => {
    await notifier.show(pairingRequest({ title: '--hint=x', body: '-u' }));
    expect(told).toEqual([lookHere]);
    expect(JSON.stringify(told)).not.toMatch(/hint|Approve|token/);
  });

  it('opens on a click, once, and never approves', async () => {
    await notifier.show(pairingRequest());
    reports[0]?.(null, 'activate');
    reports[0]?.(null, 'activate');
    expect({ activated, gone }).toEqual({ activated: ['token-open'], gone: [] });
  });

  it.each([
    ['timeout', 'expired'],
    ['closed', 'dismissed'],
    ['approve', 'dismissed'],
    [undefined, 'dismissed'],
  ])('counts the report %s as %s', async (response, reason) => {
    await notifier.show(pairingRequest());
    reports[0]?.(null, response);
    expect({ activated, gone }).toEqual({ activated: [], gone: [{ id: 'chat:1', reason }] });
  });

  it('shows one notification for all requests, and opens the newest', async () => {
    await notifier.show(pairingRequest());
    await notifier.show(pairingRequest({ id: 'chat:2', openToken: 'token-open-2' }));
    expect(told).toHaveLength(1);
    reports[0]?.(null, 'activate');
    expect(activated).toEqual(['token-open-2']);
  });

  it('counts the notification as expired when the helper never reports', async () => {
    await notifier.show(pairingRequest());
    vi.runAllTimers();
    expect(gone).toEqual([{ id: 'chat:1', reason: 'expired' }]);
    reports[0]?.(null, 'activate');
    expect(activated).toEqual([]);
  });

  it('stops claiming to show anything once the helper failed', async () => {
    await notifier.show(pairingRequest());
    reports[0]?.(new Error('spawn Unknown system error -86'), undefined);
    expect(notifier.capabilities).toEqual({ shows: false, actions: false, fixedTextOnly: true });
    expect(await notifier.show(pairingRequest())).toMatchObject({ ok: false });
  });
});
