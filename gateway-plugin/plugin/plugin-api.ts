/** The part of OpenClaw's plugin API this plugin uses (OpenClaw 2026.9.6). What arrives through it is parsed. */

export interface PluginApi {
  readonly registrationMode: string;
  readonly pluginConfig?: unknown;
  /** The whole gateway config at registration. */
  readonly config?: unknown;
  readonly logger: { warn(message: string): void };
  readonly runtime: {
    readonly state: { resolveStateDir(env: NodeJS.ProcessEnv): string };
    /** Absent in hosts that only describe plugins. */
    readonly config?: { current(): unknown };
    readonly channel: {
      readonly pairing: {
        readAllowFromStore(request: { channel: string; accountId: string }): Promise<readonly string[]>;
        removeAllowFromStoreEntry(request: {
          channel: string;
          accountId: string;
          entry: string;
        }): Promise<{ readonly changed: boolean }>;
      };
    };
  };
  on(hook: string, handler: HookHandler, options?: { priority?: number; timeoutMs?: number }): void;
  registerService(service: PluginService): void;
  registerGatewayMethod(
    name: string,
    handler: (call: GatewayCall) => void | Promise<void>,
    options: { scope: GatewayScope },
  ): void;
}

export type HookHandler = (event: unknown, context: unknown) => unknown;

export type GatewayScope = 'operator.read' | 'operator.approvals' | 'operator.pairing';

export interface GatewayCall {
  readonly params?: unknown;
  readonly respond: (
    ok: boolean,
    payload: unknown,
    error?: { readonly code: string; readonly message: string; readonly details?: unknown },
  ) => void;
}

export interface PluginService {
  readonly id: string;
  start(context: ServiceContext): void;
  stop(): void;
}

export interface ServiceContext {
  /** Absent in processes without a gateway. */
  readonly gatewayEvents?: {
    emit(name: string, payload: object, options: { scope: 'operator.read' }): void;
  };
}
