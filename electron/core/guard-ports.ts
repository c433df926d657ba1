/**
 * What the core needs from this machine to set the send guard up: the gateway's config file, and the guard's files in
 * the gateway's state folder. Same rules as `ports.ts`; only a gateway on this machine can be set up.
 */
import type {
  GuardedAccountView,
  GuardPart,
  GuardSetupInput,
  GuardSetupPlan,
  GuardSetupStep,
} from '../contract/guard/guard-view.ts';
import type { Result } from '../contract/result.ts';

/** One account of a configured channel, as the gateway's config has it. */
export interface ConfiguredAccount {
  readonly channel: string;
  readonly account: string;
  /** The gateway's own allowFrom for this account, raw. */
  readonly allowFrom: readonly string[];
  readonly strict: GuardedAccountView['strict'];
}

export interface GuardInstallation {
  readonly accounts: readonly ConfiguredAccount[];
  /** What was set up here and never taken away again, whatever the config says now. */
  readonly setUp: readonly GuardPart[];
}

export interface GuardInstaller {
  /** Version of the plugin this app brings. */
  readonly pluginVersion: string;
  /** What is in place, from the gateway's config and state folder. Cheap; reads files only. */
  inspect(): Promise<Result<GuardInstallation>>;
  /** Works out the exact changes; writes nothing. Fails with a sentence for the owner where it cannot be done. */
  plan(input: GuardSetupInput): Promise<Result<GuardSetupPlan>>;
  /**
   * Does what the plan says, or nothing: fails without a change when the config is no longer what the plan was made
   * from. A plan is applied once.
   */
  apply(id: string, onStep: (step: GuardSetupStep) => void): Promise<Result<null>>;
  /** Takes the plan applied last back, exactly; for a set-up whose self-test failed. */
  undo(id: string): Promise<Result<null>>;
  /** Runs the transport guard of one account with a message to an address that cannot exist. */
  testTransport(account: string): Promise<Result<'stopped' | 'not-stopped'>>;
}
