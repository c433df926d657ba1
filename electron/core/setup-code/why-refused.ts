/**
 * Why a gateway makes no set-up code, from its config: its refusals all have the same code, and its words are for
 * people. Mirrors how the gateway looks for an address to put into the code (measured on 2026.9.6).
 */
import type { SetupRefusal } from '../../contract/setup-code.ts';
import { reachWire, type ReachConfig } from './wire.ts';

/** The settings of `gateway.bind` that make the gateway listen beyond its own machine at an address it can name. */
const reachableBinds: readonly string[] = ['lan', 'tailnet', 'custom'];
const publishedModes: readonly string[] = ['serve', 'funnel'];

/** @param config the answer to `config.get`, unparsed */
export function whyRefused(config: unknown): SetupRefusal {
  const parsed = reachWire.safeParse(config);
  if (!parsed.success) return 'other';
  const { resolved } = parsed.data;
  if (resolved.gateway?.auth?.mode === 'none') return 'no-auth';
  return isReachable(resolved) ? 'other' : 'loopback-only';
}

function isReachable({ gateway, plugins }: ReachConfig): boolean {
  const publicUrl = plugins?.entries?.['device-pair']?.config?.publicUrl ?? '';
  return (
    publicUrl.trim() !== '' ||
    (gateway?.remote?.url ?? '').trim() !== '' ||
    publishedModes.includes(gateway?.tailscale?.mode ?? '') ||
    reachableBinds.includes(gateway?.bind ?? '')
  );
}
