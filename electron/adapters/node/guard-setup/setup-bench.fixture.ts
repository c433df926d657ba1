/** A state folder of its own with a config, an imsg that writes down what it is told, and an installer at work in it. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildGatewayPlugin } from '../../../../build/gateway-plugin.ts';
import type { GuardSetupInput } from '../../../contract/guard/guard-view.ts';
import { emptyPolicy, formatPolicy } from '../../../contract/guard/policy.ts';
import type { Result } from '../../../contract/result.ts';
import type { GuardInstaller } from '../../../core/guard-ports.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { createGatewayConfigFile } from '../gateway-config/gateway-config-file.ts';
import { createGuardInstaller } from './guard-installer.ts';

/** Everybody who is not listed is refused, and nobody is listed. */
export const closedRules = formatPolicy({
  ...emptyPolicy,
  accounts: [
    {
      channel: 'imessage',
      account: 'default',
      unlisted: 'deny',
      pairingReply: 'send',
      allowTo: [],
      denyTo: [],
    },
  ],
});

export function strict(account = 'default', action: GuardSetupInput['action'] = 'install'): GuardSetupInput {
  return { part: 'strict', account, action };
}

export function plugin(action: GuardSetupInput['action'] = 'install'): GuardSetupInput {
  return { part: 'plugin', action };
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export function messageOf(result: Result<unknown>): string {
  return result.ok ? 'accepted' : result.error.message;
}

export interface SetupBench {
  readonly root: string;
  readonly configPath: string;
  readonly rules: string;
  /** The imsg; `told()` is what it was told. */
  readonly imsg: string;
  /** What the app brings; tests may change it. */
  readonly bundle: string;
  readonly guard: GuardInstaller;
  installer(env: NodeJS.ProcessEnv): GuardInstaller;
  writeConfig(value: object): string;
  text(): string;
  config(): unknown;
  cliPath(): string;
  /** @returns the plan's id */
  apply(input: GuardSetupInput): Promise<string>;
  strictStates(): Promise<Record<string, string>>;
  /** Another build of the same version. */
  changeBundle(name: string): void;
  /** Every file in the guard's folder, with its content. */
  guardFiles(): readonly string[];
  told(): string;
  dispose(): void;
}

/** A new one for each test of a file. @param give is told each, and where the plugin all of them bring was built */
export function useSetupBench(give: (bench: SetupBench, built: string) => void): void {
  let built: string;
  let bench: SetupBench;
  beforeAll(async () => {
    built = await buildGatewayPlugin(mkdtempSync(join(tmpdir(), 'portcullis-built-')));
  });
  afterAll(() => {
    rmSync(built, { recursive: true, force: true });
  });
  beforeEach(() => {
    bench = createSetupBench(built);
    give(bench, built);
  });
  afterEach(() => {
    bench.dispose();
  });
}

/** @param built by build/gateway-plugin.ts */
function createSetupBench(built: string): SetupBench {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-setup-'));
  const stateDir = join(root, 'state');
  const bundle = join(root, 'bundle');
  const configPath = join(stateDir, 'openclaw.json');
  const imsg = join(root, 'imsg');
  const told = join(root, 'told');
  mkdirSync(stateDir);
  cpSync(built, bundle, { recursive: true });
  writeFileSync(imsg, `#!/bin/sh\necho "$@" >> '${told}'\nexec tee -a '${told}'\n`);
  chmodSync(imsg, 0o755);

  const installer = (env: NodeJS.ProcessEnv): GuardInstaller =>
    createGuardInstaller({
      logger: silentLogger,
      env: { ...process.env, OPENCLAW_STATE_DIR: stateDir, OPENCLAW_CONFIG_PATH: configPath, ...env },
      platform: process.platform,
      home: root,
      bundle,
      config: createGatewayConfigFile({ configPath: () => configPath, logger: silentLogger }),
      now: Date.now,
    });
  const guard = installer({});
  const text = (): string => readFileSync(configPath, 'utf8');
  const config = (): unknown => JSON.parse(text());

  return {
    root,
    configPath,
    rules: join(stateDir, 'portcullis-guard/policy.json'),
    imsg,
    bundle,
    guard,
    installer,
    text,
    config,
    writeConfig(value) {
      const written = `${JSON.stringify(value, null, 2)}\n`;
      writeFileSync(configPath, written);
      return written;
    },
    cliPath: () => (config() as { channels: { imessage: { cliPath: string } } }).channels.imessage.cliPath,
    async apply(input) {
      const { id } = valueOf(await guard.plan(input));
      valueOf(await guard.apply(id, () => undefined));
      return id;
    },
    async strictStates() {
      const { accounts } = valueOf(await guard.inspect());
      return Object.fromEntries(accounts.map((each) => [`${each.channel}/${each.account}`, each.strict]));
    },
    changeBundle(name) {
      writeFileSync(join(bundle, name), `${readFileSync(join(bundle, name), 'utf8')}\n// another build\n`);
    },
    guardFiles() {
      const folder = join(stateDir, 'portcullis-guard');
      if (!existsSync(folder)) return [];
      return readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => `${path} ${readFileSync(path, 'utf8')}`)
        .sort();
    },
    told: () => (existsSync(told) ? readFileSync(told, 'utf8') : ''),
    dispose() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
