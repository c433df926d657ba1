import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../contract/result.ts';
import { ConfigGateway } from '../core/config/config-world.double.ts';
import { brought } from '../core/guard/guard-plugin.double.ts';
import { drivenApp, type DrivenApp } from './composed-app.fixture.ts';

let composed: DrivenApp;

beforeEach(async () => {
  composed = drivenApp();
  const { gateway, gatewayConfig } = composed;
  gatewayConfig.value = { channels: { imessage: { cliPath: 'imsg' } } };
  const config = new ConfigGateway(gatewayConfig, gateway.guard);
  gateway.answer = (method, params) =>
    config.answer(method, params) ?? gateway.listed(method, params) ?? ok({});
  gateway.guard.version = brought;
  await composed.start();
  await expect.poll(mode).toBe('answer');
});

function mode(): string {
  const { silence } = composed.app.snapshot();
  return silence.state === 'ready'
    ? silence.accounts.map((account) => account.mode).join(' ')
    : silence.reason;
}

describe('the composed app', () => {
  it('switches silence from the tray, and from the window back', async () => {
    const { app, tray, gatewayConfig, gateway } = composed;
    await expect.poll(() => JSON.stringify(tray.model)).toContain('Silent, ignore');
    tray.choose('Silent, ignore');
    await expect.poll(() => app.snapshot().configWork.state).toBe('done');
    gateway.announce('config.changed', {});
    await expect.poll(mode).toBe('ignore');
    const plan = await app.handlers['silence.plan']({ account: 'default', to: 'answer', until: null });
    await app.handlers['silence.apply']({ id: plan.ok ? plan.value.id : '', confirmed: true });
    await expect.poll(() => gatewayConfig.value).toEqual({ channels: { imessage: { cliPath: 'imsg' } } });
    expect(composed.journal.filter(({ fact }) => fact.kind === 'config-changed')).not.toEqual([]);
  });

  it('opens the window where the tray would have to ask', async () => {
    composed.gatewayConfig.value = { channels: { imessage: { cliPath: 'imsg', dmPolicy: 'allowlist' } } };
    composed.gateway.announce('config.changed', {});
    await expect.poll(mode).toBe('ignore');
    await expect.poll(() => JSON.stringify(composed.tray.model)).toContain('✓ Silent, ignore');
    composed.tray.choose('Answer with a code');
    await expect.poll(() => composed.opened).toEqual([null]);
    expect(composed.gatewayConfig.writes).toEqual([]);
  });

  it('knows nothing of silence while not connected', () => {
    composed.gateway.endSession(1006);
    expect(mode()).toBe('not-connected');
  });
});
