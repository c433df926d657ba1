/**
 * Which of our settings a channel has and which words it takes, from the gateway's own schema
 * (docs/GATEWAY-PROTOCOL.md#config).
 */
import { z } from 'zod';
import type { ChannelSettingKey } from '../../contract/channels.ts';
import { channelSettingKeys } from '../../contract/channel-edit.ts';
import type { Call } from '../gateway/calls.ts';

const wire = z.object({
  schema: z.object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.string().max(64)).max(50).optional().catch(undefined),
  }),
});

export interface SettingSchema {
  readonly kind: 'choice' | 'list';
  readonly allowed: readonly string[] | null;
}

/** `unknown`: the gateway did not say. */
export type KnownSetting = SettingSchema | 'absent' | 'unknown';
export type ChannelSchema = Readonly<Record<ChannelSettingKey, KnownSetting>>;

export class ChannelSchemas {
  readonly #request: Call;
  readonly #known = new Map<string, Promise<ChannelSchema>>();

  constructor(request: Call) {
    this.#request = request;
  }

  /** Another session: the gateway or its channels may be other ones. */
  forget(): void {
    this.#known.clear();
  }

  async of(channel: string): Promise<ChannelSchema> {
    const known = this.#known.get(channel) ?? this.#look(channel);
    this.#known.set(channel, known);
    const schema = await known;
    if (Object.values(schema).includes('unknown')) this.#known.delete(channel);
    return schema;
  }

  async #look(channel: string): Promise<ChannelSchema> {
    const [dmPolicy, groupPolicy, allowFrom, groupAllowFrom] = await Promise.all(
      channelSettingKeys.map(async (key) => this.#lookUp(channel, key)),
    );
    return {
      dmPolicy: dmPolicy ?? 'unknown',
      groupPolicy: groupPolicy ?? 'unknown',
      allowFrom: allowFrom ?? 'unknown',
      groupAllowFrom: groupAllowFrom ?? 'unknown',
    };
  }

  async #lookUp(channel: string, key: ChannelSettingKey): Promise<KnownSetting> {
    const answer = await this.#request('config.schema.lookup', { path: `channels.${channel}.${key}` });
    // The gateway has no other words for a path its schema does not have.
    if (!answer.ok) return answer.error.code === 'INVALID_REQUEST' ? 'absent' : 'unknown';
    const parsed = wire.safeParse(answer.value);
    if (!parsed.success) return 'unknown';
    const { type, enum: allowed } = parsed.data.schema;
    if ([type].flat().includes('array')) return { kind: 'list', allowed: null };
    return { kind: 'choice', allowed: allowed ?? null };
  }
}

export const listSettings: ReadonlySet<ChannelSettingKey> = new Set(['allowFrom', 'groupAllowFrom']);
