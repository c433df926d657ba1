/** Stands for the config methods of a gateway on another machine, and for elevated connections to it that are counted. */
import { z } from 'zod';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { sameJson, withChange, type Json } from '../../contract/gateway-config/json.ts';
import type { Elevate } from '../gateway/calls.ts';
import { localFailure } from '../gateway/local-failure.ts';
import type { GatewayFailure } from '../ports.ts';
import { configPath, type GatewayConfigFileDouble } from './gateway-config-file.double.ts';

type Answer = Result<unknown, GatewayFailure>;

export const remoteName = 'gate.example:18789';
export const lostConnection: Answer = fail(localFailure('CONNECTION_LOST', 'ended', true));

const patchParams = z.object({ raw: z.string(), baseHash: z.string(), replacePaths: z.array(z.string()) });

export class RemoteGatewayDouble {
  readonly ownDeviceId = 'own';
  address = remoteName;
  readonly #file: GatewayConfigFileDouble;
  readonly #restart: () => void;
  /** How our key at rest was let in. */
  approvedVia = 'silent';
  rights: 'granted' | 'refused' = 'granted';
  includedPaths: readonly string[] = [];
  restartable = true;
  /** Names every start; false: it does not tell. */
  namesStarts = true;
  /** What a restart waits for. */
  runningWork: Promise<unknown> = Promise.resolve();
  /** Comes before every answer to an elevated call. */
  before: (method: string) => Promise<Answer | null> = () => Promise.resolve(null);
  /** Elevated calls, in order. */
  readonly calls: string[] = [];
  readonly patches: unknown[] = [];
  /** Elevated connections that are open now. */
  open = 0;
  restarts = 0;

  constructor(file: GatewayConfigFileDouble, restart: () => void) {
    this.#file = file;
    this.#restart = restart;
  }

  get bootId(): string {
    return this.namesStarts ? `boot-${String(this.restarts)}` : '';
  }

  /** Whoever asked for it. */
  restart(): void {
    this.restarts += 1;
    this.#restart();
  }

  readonly elevate: Elevate = async (_scopes, action) => {
    if (this.rights === 'refused') return fail(appError('elevation-failed', 'no'));
    this.open += 1;
    const restarts = this.restarts;
    try {
      const value = await action(
        async (method, params) => {
          this.calls.push(method);
          // The gateway hung up on it when it restarted.
          if (this.restarts > restarts) return lostConnection;
          const first = await this.before(method);
          return first ?? (await this.answer(method, params)) ?? ok({});
        },
        'one-time',
        this.bootId,
      );
      return ok(value);
    } finally {
      this.open -= 1;
    }
  };

  async answer(method: string, params: unknown): Promise<Answer | null> {
    switch (method) {
      case 'config.get':
        return this.#config();
      case 'config.patch':
        return this.#patch(patchParams.parse(params));
      case 'device.pair.list':
        return ok({ pending: [], paired: [{ deviceId: this.ownDeviceId, approvedVia: this.approvedVia }] });
      case 'gateway.restart.preflight':
        return this.restartable
          ? ok({ safe: true })
          : fail(localFailure('INVALID_REQUEST', 'unknown method'));
      case 'gateway.restart.request':
        void this.runningWork.then(() => {
          this.restart();
        });
        return Promise.resolve(ok({ ok: true, status: 'scheduled' }));
      default:
        return null;
    }
  }

  #config(): Answer {
    const { value } = this.#file;
    return ok({
      path: configPath,
      valid: true,
      hash: this.#hash,
      parsed: value,
      includedPaths: this.includedPaths,
      config: value,
      resolved: value,
      configRevisionHash: JSON.stringify(value),
      appliedConfigHash: JSON.stringify(value),
    });
  }

  get #hash(): string {
    return `hmac-sha256:v1:${this.#file.hash}`;
  }

  #patch({ raw, baseHash, replacePaths }: z.infer<typeof patchParams>): Answer {
    if (baseHash !== this.#hash)
      return fail(localFailure('INVALID_REQUEST', 'config changed since last load'));
    const patch: Json = z.json().parse(JSON.parse(raw));
    this.patches.push({ patch, replacePaths });
    const merged = mergePatch(this.#file.value, patch);
    if (JSON.stringify(merged).includes('nonsense'))
      return fail(localFailure('INVALID_REQUEST', 'invalid config: dmPolicy'));
    if (!sameJson(merged, this.#file.value)) {
      this.#file.value = merged;
      this.#file.onWrite();
    }
    return ok({ ok: true });
  }
}

/** RFC 7386. */
function mergePatch(target: Json, patch: Json): Json {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  return Object.entries(patch).reduce<Json>(
    (merged, [key, value]) => {
      const change = {
        path: [key],
        value: value === null ? undefined : mergePatch(keyOf(merged, key), value),
      };
      return withChange(merged, change) ?? merged;
    },
    typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {},
  );
}

function keyOf(value: Json, key: string): Json {
  return (value as Readonly<Record<string, Json>>)[key] ?? {};
}
