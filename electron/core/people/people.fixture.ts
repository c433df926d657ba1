/** Paired devices, rules and calls as a gateway has them, for the tests of this folder. */
import type { Json } from '../../contract/gateway-config/json.ts';
import type { RulesView } from '../../contract/guard/guard-view.ts';
import { emptyPolicy, type BlockedPerson, type Policy } from '../../contract/guard/policy.ts';
import type { RuleChange } from '../../contract/guard/rule-change.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import { silentLogger } from '../gateway/outside.double.ts';
import { GuardCalls } from '../guard/guard-calls.ts';
import type { StoredContacts } from '../people-ports.ts';
import type { GatewayFailure } from '../ports.ts';
import { startTime } from '../requests/requests.fixture.ts';
import { approvedContacts, type ApprovedContacts } from './approved-contacts.ts';
import type { RulesDoor } from './people-parts.ts';

export const ownId = '0'.repeat(64);
export const phoneId = 'a'.repeat(64);
export const nodeId = 'b'.repeat(64);

export function pairedDevice(deviceId: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    deviceId,
    publicKey: 'key',
    displayName: 'Bob phone',
    platform: 'ios',
    deviceFamily: 'iPhone',
    role: 'operator',
    roles: ['operator'],
    scopes: ['operator.read'],
    approvedVia: 'owner',
    createdAtMs: startTime - 5_000,
    approvedAtMs: startTime - 4_000,
    lastSeenAtMs: startTime - 3_000,
    connected: false,
    tokens: [{ role: 'operator', scopes: ['operator.read'], createdAtMs: startTime - 4_000 }],
    ...more,
  };
}

export function pairedNode(deviceId: string, more: Readonly<Record<string, unknown>> = {}) {
  return pairedDevice(deviceId, {
    displayName: 'Lab node',
    role: 'node',
    roles: ['node'],
    scopes: [],
    approvedVia: 'silent',
    tokens: [{ role: 'node', scopes: [], createdAtMs: startTime - 4_000 }],
    nodeSurface: { displayName: 'Lab node', caps: ['system'], commands: ['system.run'] },
    ...more,
  });
}

type Answer = Result<unknown, GatewayFailure>;

/** Answers calls by method; records what was called over which connection. */
export class CallsDouble {
  readonly calls: {
    readonly over: 'resting' | 'elevated';
    readonly method: string;
    readonly params: unknown;
  }[] = [];
  readonly answers = new Map<string, (params: unknown) => Answer>();
  readonly elevations: (readonly string[])[] = [];

  answer(method: string, answer: Answer | ((params: unknown) => Answer)): void {
    this.answers.set(method, typeof answer === 'function' ? answer : () => answer);
  }

  readonly request = (method: string, params: unknown): Promise<Answer> =>
    this.#call('resting', method, params);

  readonly elevate = async <T>(
    scopes: readonly string[],
    action: (
      call: (method: string, params: unknown) => Promise<Answer>,
      deviceId: string,
      bootId: string,
    ) => Promise<T>,
  ): Promise<Result<T>> => {
    this.elevations.push(scopes);
    return ok(
      await action((method, params) => this.#call('elevated', method, params), 'e'.repeat(64), 'boot'),
    );
  };

  readonly offers = (method: string): boolean => this.answers.has(method);

  /** What was called, without the lists. */
  get changes(): readonly string[] {
    return this.calls
      .filter(({ method }) => !/\.(list|get|approved-contacts)$/u.test(method))
      .map(({ over, method, params }) => `${over} ${method} ${JSON.stringify(params)}`);
  }

  #call(over: 'resting' | 'elevated', method: string, params: unknown): Promise<Answer> {
    this.calls.push({ over, method, params });
    return Promise.resolve(this.answers.get(method)?.(params) ?? ok({}));
  }
}

/** Asks the plugin where it offers that, else this store; null: the gateway is on another machine. */
export function approvedBy(calls: CallsDouble, stored: () => StoredContacts | null): ApprovedContacts {
  return approvedContacts({
    calls: new GuardCalls(calls.request),
    offers: calls.offers,
    stored: { read: async () => stored()?.read() ?? fail('absent') },
    isLocal: () => stored() !== null,
    logger: silentLogger,
  });
}

/** The gateway says that these are its settings. */
export function settingsOf(channels: Json): Answer {
  return ok({ valid: true, config: { channels } });
}

/** Rules that change as asked, and refuse a change made from older ones. */
export class RulesDouble implements RulesDoor {
  policy: Policy = emptyPolicy;
  status: RulesView['status'] = 'ready';
  /** The gateway has no guard plugin. */
  absent = false;
  readonly changes: RuleChange[] = [];
  /** Somebody else changes the rules right before each of this many changes. */
  interferences = 0;

  block(...people: readonly Omit<BlockedPerson, 'note'>[]): void {
    this.policy = { ...this.policy, blocked: people.map((person) => ({ ...person, note: '' })) };
  }

  read(): Promise<Result<RulesView>> {
    return Promise.resolve(
      this.absent
        ? fail(appError('unsupported', 'No plugin.'))
        : ok({ status: this.status, policy: this.policy }),
    );
  }

  change({ revision, change }: { revision: number; change: RuleChange }): Promise<Result<unknown>> {
    if (this.interferences > 0) {
      this.interferences -= 1;
      this.policy = { ...this.policy, revision: this.policy.revision + 1 };
    }
    if (revision !== this.policy.revision)
      return Promise.resolve(fail(appError('rules-changed', 'Changed.')));
    this.changes.push(change);
    this.policy = { ...this.policy, revision: revision + 1 };
    return Promise.resolve(ok(null));
  }
}
