/** What we read from hello-ok (docs/GATEWAY-PROTOCOL.md#the-handshake); everything else in it is ignored. */
import { z } from 'zod';
import type { GatewayHello } from '../../../core/ports.ts';

const schema = z.object({
  server: z.object({ version: z.string().max(100), bootId: z.string().max(200).default('') }),
  features: z.object({ methods: z.array(z.string().max(200)).max(10_000) }),
  auth: z
    .object({
      method: z.string().max(100).optional(),
      scopes: z.array(z.string().max(100)).max(100).default([]),
      deviceToken: z.string().min(1).max(1_000).optional(),
    })
    .default({ scopes: [] }),
});

/** @returns null when this is no hello of a gateway we know */
export function parseHello(value: unknown): GatewayHello | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { server, features, auth } = parsed.data;
  return {
    serverVersion: server.version,
    bootId: server.bootId,
    methods: new Set(features.methods),
    scopes: auth.scopes,
    authMethod: auth.method ?? null,
    deviceToken: auth.deviceToken ?? null,
  };
}
