/** How long a send waits for the owner. Our own deadline is always the earlier one: the gateway's lets the send go. */
import { z } from 'zod';
import { guardPluginId } from '../../electron/contract/guard/blocked-send.ts';

const defaultHoldMs = 60_000;
/** Room between our cancel and the moment the gateway would stop waiting for us. */
const margin = 15_000;
const longestHookMs = 600_000;

const pluginConfig = z.object({ holdSeconds: z.number().int().min(1).max(540).optional() });

const hookBudget = z.number().positive();
const gatewayConfig = z.object({
  plugins: z.object({
    entries: z.object({
      [guardPluginId]: z.object({
        hooks: z.object({
          timeoutMs: hookBudget.optional(),
          timeouts: z.record(z.string(), z.unknown()).optional(),
        }),
      }),
    }),
  }),
});

export interface HoldTimes {
  readonly holdMs: number;
  readonly hookTimeoutMs: number;
}

/** @param hook whose operator-set budget, if any, cuts the hold short */
export function holdTimes(hook: string, configured: unknown, gateway: unknown): HoldTimes {
  const parsed = pluginConfig.safeParse(configured ?? {});
  const wanted = parsed.success ? (parsed.data.holdSeconds ?? defaultHoldMs / 1000) * 1000 : defaultHoldMs;
  const hookTimeoutMs = Math.min(wanted + margin, longestHookMs);
  const budget = operatorBudget(hook, gateway);
  if (budget === null || budget >= hookTimeoutMs) return { holdMs: wanted, hookTimeoutMs };
  // A budget too small to ask anybody: stop at once rather than let the gateway decide.
  return { holdMs: Math.max(0, Math.min(wanted, budget - Math.min(margin, budget / 2))), hookTimeoutMs };
}

function operatorBudget(hook: string, gateway: unknown): number | null {
  const parsed = gatewayConfig.safeParse(gateway);
  if (!parsed.success) return null;
  const { hooks } = parsed.data.plugins.entries[guardPluginId];
  const own = hookBudget.safeParse(hooks.timeouts?.[hook]);
  return own.success ? own.data : (hooks.timeoutMs ?? null);
}
