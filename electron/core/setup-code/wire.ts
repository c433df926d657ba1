/** What the gateway sends about set-up codes (`device.pair.setupCode` and the events that follow), parsed. */
import { z } from 'zod';

const gatewayMs = z.int().nonnegative();
const setupId = z.string().min(1).max(256);

export const setupCodeWire = z.object({
  setupCode: z.string().regex(/^[\w-]{20,4000}$/),
  // Older gateways tell neither.
  setupId: setupId.nullish(),
  expiresAtMs: gatewayMs.nullish(),
  gatewayUrl: z.string().min(1).max(2_000),
  access: z.string().max(40).nullish(),
});
export type SetupCodeWire = z.infer<typeof setupCodeWire>;

export const setupUsedWire = z.object({
  setupId,
  deviceName: z.string().max(20_000).optional().catch(undefined),
});

const text = z.string().optional().catch(undefined);
function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape).optional().catch(undefined);
}

/** The part of `config.get` that decides whether a phone can reach the gateway. What is odd counts as not set. */
export const reachWire = z.object({
  resolved: z.object({
    gateway: part({
      bind: text,
      auth: part({ mode: text }),
      tailscale: part({ mode: text }),
      remote: part({ url: text }),
    }),
    plugins: part({
      entries: part({ 'device-pair': part({ config: part({ publicUrl: text }) }) }),
    }),
  }),
});
export type ReachConfig = z.infer<typeof reachWire>['resolved'];
