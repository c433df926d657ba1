/** Stands for this machine's gateway config and the guard's files; what is applied takes effect as the test says. */
import type {
  GuardPart,
  GuardSetupInput,
  GuardSetupPlan,
  GuardSetupStep,
} from '../../contract/guard/guard-view.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { ConfiguredAccount, GuardInstallation, GuardInstaller } from '../guard-ports.ts';
import { brought } from './guard-plugin.double.ts';

export const imessage: ConfiguredAccount = {
  channel: 'imessage',
  account: 'default',
  allowFrom: [],
  strict: 'off',
};

export class GuardInstallerDouble implements GuardInstaller {
  readonly pluginVersion = brought;
  installation: Result<GuardInstallation> = ok({ accounts: [imessage], setUp: [] });
  applying: Result<null> = ok(null);
  undoing: Result<null> = ok(null);
  transport: Result<'stopped' | 'not-stopped'> = ok('stopped');
  /** What the gateway does with what was applied. */
  onApplied: (input: GuardSetupInput) => void = () => undefined;
  /** Calls that change something, in order. */
  readonly changes: string[] = [];
  /** Holds `apply` until it resolves. */
  gate: Promise<void> = Promise.resolve();
  #setUp: readonly GuardPart[] = [];
  readonly #plans = new Map<string, GuardSetupInput>();

  inspect(): Promise<Result<GuardInstallation>> {
    return Promise.resolve(this.installation);
  }

  become(strict: ConfiguredAccount['strict']): void {
    this.installation = ok({ accounts: [{ ...imessage, strict }], setUp: this.#setUp });
  }

  /** What an earlier run of the app set up. */
  remembers(...parts: readonly GuardPart[]): void {
    this.#setUp = parts;
    if (this.installation.ok) this.installation = ok({ ...this.installation.value, setUp: parts });
  }

  plan(input: GuardSetupInput): Promise<Result<GuardSetupPlan>> {
    const id = `plan-${String(this.#plans.size + 1)}`;
    this.#plans.set(id, input);
    const restartsChannel = input.part === 'strict';
    return Promise.resolve(ok({ id, input, configPath: '/config', config: [], files: [], restartsChannel }));
  }

  async apply(id: string, onStep: (step: GuardSetupStep) => void): Promise<Result<null>> {
    this.changes.push(`apply ${id}`);
    await this.gate;
    onStep('config');
    const input = this.#plans.get(id);
    if (this.applying.ok && input !== undefined) this.onApplied(input);
    return this.applying;
  }

  undo(id: string): Promise<Result<null>> {
    this.changes.push(`undo ${id}`);
    return Promise.resolve(this.undoing);
  }

  testTransport(account: string): Promise<Result<'stopped' | 'not-stopped'>> {
    this.changes.push(`test ${account}`);
    return Promise.resolve(this.transport);
  }
}
