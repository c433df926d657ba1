/** The guard's installer at work on a real gateway that runs, and what the gateway then says of the guard. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { waitUntil } from '../../../../build/demo/wait-until.ts';
import { buildGatewayPlugin } from '../../../../build/gateway-plugin.ts';
import {
  connectOperator,
  type OperatorClient,
} from '../../../../gateway-plugin/testing/operator-client.fixture.ts';
import type { GuardSetupInput } from '../../../contract/guard/guard-view.ts';
import type { GatewayConfigFile } from '../../../core/config-ports.ts';
import type { GuardInstaller } from '../../../core/guard-ports.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { createGatewayConfigFile } from '../gateway-config/gateway-config-file.ts';
import { createGuardInstaller } from './guard-installer.ts';
import { plugin, valueOf } from './setup-bench.fixture.ts';

const appliedMs = 240_000;
const status = z.looseObject({ version: z.string() });

export class GuardOnGateway {
  readonly config: GatewayConfigFile;
  readonly installer: GuardInstaller;
  readonly #bundle: string;
  readonly #operator: OperatorClient;

  /** Without touching the gateway. */
  static async at(gateway: ThrowawayGateway): Promise<GuardOnGateway> {
    const bundle = await buildGatewayPlugin(mkdtempSync(join(tmpdir(), 'portcullis-built-')));
    return new GuardOnGateway(gateway, bundle, await connectOperator(gateway.url, gateway.token));
  }

  constructor(gateway: ThrowawayGateway, bundle: string, operator: OperatorClient) {
    this.#bundle = bundle;
    this.#operator = operator;
    this.config = createGatewayConfigFile({ configPath: () => gateway.configPath, logger: silentLogger });
    this.installer = createGuardInstaller({
      logger: silentLogger,
      env: gateway.env,
      platform: process.platform,
      home: gateway.env['HOME'] ?? '',
      bundle,
      config: this.config,
      now: Date.now,
    });
  }

  /** The gateway works with the plugin, whoever put it there. */
  async present(): Promise<void> {
    if ((await this.#version()) === null) await this.apply(plugin());
    await this.answersAs(this.installer.pluginVersion);
  }

  async absent(): Promise<void> {
    if ((await this.#version()) !== null) await this.apply(plugin('remove'));
    await this.answersAs(null);
  }

  /** Written; the gateway may not have noticed yet. */
  async apply(input: GuardSetupInput): Promise<void> {
    const plan = valueOf(await this.installer.plan(input));
    valueOf(await this.installer.apply(plan.id, () => undefined));
  }

  /** @param version null: there is no guard */
  async answersAs(version: string | null): Promise<void> {
    await waitUntil(
      version === null ? 'The end of the guard' : `An answer of guard ${version}`,
      async () => ((await this.#version()) === version ? true : undefined),
      appliedMs,
    );
  }

  /** From now on the app brings the next build. */
  bringVersion(version: string): void {
    for (const name of ['openclaw.plugin.json', 'index.js']) {
      const path = join(this.#bundle, name);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replaceAll(`"${this.installer.pluginVersion}"`, `"${version}"`));
    }
  }

  /** The gateway keeps what it has. */
  leave(): void {
    this.#operator.close();
    rmSync(this.#bundle, { recursive: true, force: true });
  }

  async #version(): Promise<string | null> {
    const answer = await this.#operator.call('portcullis-guard.status');
    return answer.ok ? status.parse(answer.payload).version : null;
  }
}
