/**
 * Finds this machine's gateway and the ways in (docs/GATEWAY-PROTOCOL.md#finding-the-gateway): files first, because
 * they cost nothing; the `openclaw` command only when a one-time token is needed.
 */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gatewayUrl, tlsFingerprint } from '../../../contract/settings.ts';
import { fail, ok, type Result } from '../../../contract/result.ts';
import type {
  FindFailure,
  GatewayAddress,
  GatewayCredential,
  GatewayFinder,
  Logger,
} from '../../../core/ports.ts';
import { readGatewayConfig, type GatewayConfig } from './config-file.ts';
import { readLiveLock } from './lock-file.ts';
import { probeGateway } from './gateway-probe.ts';
import { askDashboard } from './openclaw-cli.ts';
import { resolveStatePaths, setting, type StatePaths } from './state-paths.ts';
import { fingerprintOfFile } from './tls-certificate.ts';

const DEFAULT_PORT = 18_789;

export interface LocalFinderOptions {
  readonly logger: Logger;
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

export function createLocalFinder(options: LocalFinderOptions): GatewayFinder {
  const env = options.env ?? process.env;
  const platform = options.platform ?? process.platform;
  const home = options.home ?? homedir();
  const paths = (): StatePaths => resolveStatePaths({ env, home });

  async function local(): Promise<Result<LocalGateway, FindFailure>> {
    return await findLocal(paths(), env);
  }

  return {
    async locate(choice) {
      if (choice.mode === 'local') {
        const found = await local();
        return found.ok ? ok(found.value.address) : found;
      }
      return ok(remoteAddress(choice.url, choice.tlsFingerprint));
    },

    async bootstrap(address) {
      if (address.remote) return fail('no-credential');
      // The command takes seconds of work, so it is not asked about a gateway that cannot answer yet.
      const health = await probeGateway(address.url);
      if (health !== 'ready') return fail(health);
      const answer = await askDashboard({ env, platform, home, logger: options.logger });
      if (!answer.ok) return fail(answer.error === 'not-running' ? 'not-running' : 'no-credential');
      // A token of another gateway (a second profile, say) is no way into this one.
      if (answer.value.port !== portOf(address.url)) return fail('no-credential');
      return ok({ kind: 'bootstrap-token', token: answer.value.bootstrapToken });
    },

    async configured(address) {
      const found = await local();
      if (!found.ok || found.value.address.id !== address.id) return fail('no-credential');
      const credential = credentialIn(found.value, env);
      return credential === null ? fail('no-credential') : ok(credential);
    },
  };
}

// ------------------------------------------------------------------ where

interface LocalGateway {
  readonly address: GatewayAddress;
  readonly config: GatewayConfig | null;
}

async function findLocal(
  paths: StatePaths,
  env: NodeJS.ProcessEnv,
): Promise<Result<LocalGateway, FindFailure>> {
  const read = await readGatewayConfig(paths.configPath, env);
  if (!read.ok && read.error === 'unreadable') return fail('unreadable');
  const config = read.ok ? read.value : null;
  if (config?.mode === 'remote') return remoteFromConfig(config);

  const lock = await readLiveLock(paths.stateDir);
  if (config === null && lock === null) return fail('not-found');
  const port = lock?.port ?? portFrom(env) ?? config?.port ?? DEFAULT_PORT;
  const tls = config?.tls.enabled === true;
  const certificate = config?.tls.certPath ?? join(paths.stateDir, 'gateway', 'tls', 'gateway-cert.pem');
  return ok({
    config,
    address: {
      url: `${tls ? 'wss' : 'ws'}://${localHost(config)}:${String(port)}`,
      tlsFingerprint: tls ? await fingerprintOfFile(certificate) : null,
      remote: false,
      // Named after the state folder, so that another gateway on the same port never gets these credentials.
      id: slug(`state:${paths.stateDir}`),
    },
  });
}

/** Every bind but a custom host includes the loopback address. */
function localHost(config: GatewayConfig | null): string {
  if (config?.bind !== 'custom' || config.customBindHost === null) return '127.0.0.1';
  return config.customBindHost === '0.0.0.0' ? '127.0.0.1' : config.customBindHost;
}

function remoteFromConfig(config: GatewayConfig): Result<LocalGateway, FindFailure> {
  const url = gatewayUrl.safeParse(config.remote.url);
  const pin = tlsFingerprint.nullable().safeParse(config.remote.tlsFingerprint);
  if (!url.success || !pin.success) return fail('unreadable');
  return ok({ config, address: remoteAddress(url.data, pin.data) });
}

function remoteAddress(url: string, fingerprint: string | null): GatewayAddress {
  return { url, tlsFingerprint: fingerprint, remote: true, id: slug(`url:${url}`) };
}

function portFrom(env: NodeJS.ProcessEnv): number | null {
  const port = Number(setting(env, 'OPENCLAW_GATEWAY_PORT') ?? Number.NaN);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'wss:' ? 443 : 80) : Number(port);
}

function slug(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16);
}

// ------------------------------------------------------------------ with what

/** In OpenClaw's own order. Null when nothing usable is plainly there. */
function credentialIn({ address, config }: LocalGateway, env: NodeJS.ProcessEnv): GatewayCredential | null {
  if (address.remote) {
    return sharedToken(config?.remote.token ?? null) ?? password(config?.remote.password ?? null);
  }
  const fromPassword = password(config?.auth.password ?? setting(env, 'OPENCLAW_GATEWAY_PASSWORD'));
  if (config?.auth.mode === 'none') return { kind: 'none' };
  if (config?.auth.mode === 'password') return fromPassword;
  const token = config?.auth.token ?? setting(env, 'OPENCLAW_GATEWAY_TOKEN') ?? config?.remote.token ?? null;
  return sharedToken(token) ?? fromPassword;
}

function sharedToken(token: string | null): GatewayCredential | null {
  return token === null ? null : { kind: 'shared-token', token };
}

function password(value: string | null): GatewayCredential | null {
  return value === null ? null : { kind: 'password', password: value };
}
