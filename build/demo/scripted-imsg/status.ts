/** What imsg says it can do; OpenClaw decides by it which of its ways it takes. */
import { atLeast } from './settings.ts';
import type { World } from './world.ts';

const selectors = [
  'editMessage',
  'editMessageItem',
  'retractMessagePart',
  'pollPayloadMessage',
  'pollVoteMessage',
  'pollUnvoteMessage',
  'sendRichMessage',
];

export function statusFacts(world: World, methods: readonly string[]): Readonly<Record<string, unknown>> {
  const ready = world.bridgeReady;
  return {
    version: world.settings.version,
    basic_features: true,
    advanced_features: ready,
    typing_indicators: ready,
    read_receipts: ready,
    sip: 'disabled',
    message: ready ? 'ready' : 'imsg bridge not ready',
    bridge_version: 2,
    v2_ready: ready,
    selectors: Object.fromEntries(selectors.map((name) => [name, ready])),
    rpc_methods: methods,
    ...(atLeast(world.settings, '0.15.0') ? { helper_version: world.settings.version } : {}),
  };
}
