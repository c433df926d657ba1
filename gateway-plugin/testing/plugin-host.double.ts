/** Stands in for the gateway process around plugin instances: hooks can be fired, methods called, services started. */
import { register } from '../plugin/index.ts';
import type { GatewayCall, HookHandler, PluginApi, PluginService } from '../plugin/plugin-api.ts';

/** Stands in for the gateway around one plugin instance: hooks can be fired and the service started. */
export class GatewayDouble {
  readonly #stateDir: string;
  readonly #holdMs: number;
  readonly hooks = new Map<string, HookHandler>();
  readonly timeouts = new Map<string, number | undefined>();
  readonly events: { name: string; payload: object }[] = [];
  service: PluginService | null = null;
  readonly warnings: string[] = [];
  /** The gateway's config; `undefined`: it does not tell. */
  config: unknown = undefined;
  /** Approved by pairing, in whatever channel. */
  readonly approved = new Set<string>();
  readonly #methods = new Map<string, (call: GatewayCall) => void | Promise<void>>();

  constructor(stateDir: string, holdMs: number) {
    this.#stateDir = stateDir;
    this.#holdMs = holdMs;
  }

  load(mode = 'full'): void {
    const api: PluginApi = {
      registrationMode: mode,
      pluginConfig: { holdSeconds: this.#holdMs / 1000 },
      logger: { warn: (line) => this.warnings.push(line) },
      runtime: {
        state: { resolveStateDir: () => this.#stateDir },
        config: { current: () => this.config },
        channel: {
          pairing: {
            readAllowFromStore: () => Promise.resolve([...this.approved]),
            removeAllowFromStoreEntry: ({ entry }) =>
              Promise.resolve({ changed: this.approved.delete(entry) }),
          },
        },
      },
      on: (hook, handler, options) => {
        this.hooks.set(hook, handler);
        this.timeouts.set(hook, options?.timeoutMs);
      },
      registerService: (service) => (this.service = service),
      registerGatewayMethod: (name, handler) => this.#methods.set(name, handler),
    };
    register(api);
    this.service?.start({
      gatewayEvents: { emit: (name, payload) => this.events.push({ name, payload }) },
    });
  }

  fire(hook: string, event: unknown, context: unknown = {}): unknown {
    return this.hooks.get(hook)?.(event, context);
  }

  send(to: string, content: unknown = 'hi', context: object = {}): unknown {
    return this.fire(
      'message_sending',
      { to, content },
      { channelId: 'imessage', accountId: 'default', ...context },
    );
  }

  /** Calls one of the plugin's own gateway methods. */
  async call(name: string, params: object = {}): Promise<unknown> {
    const method = this.#methods.get(`portcullis-guard.${name}`);
    if (method === undefined) throw new Error(`The plugin has no method ${name}.`);
    return await new Promise((resolve) => {
      void method({
        params,
        respond: (ok, payload, error) => {
          resolve(ok ? payload : { error });
        },
      });
    });
  }
}
