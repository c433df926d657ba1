/** The guard plugin's gateway methods as typed calls; every answer is parsed, a strange one is BAD_ANSWER. */
import { z } from 'zod';
import { rulesStateSchema } from '../../contract/guard/guard-wire.ts';
import { emptyPolicy, parsePolicy, writtenPolicy } from '../../contract/guard/policy.ts';
import type { Policy } from '../../contract/guard/policy.ts';
import { longestContact } from '../../contract/people.ts';
import { fail, ok } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { Call } from '../gateway/calls.ts';
import { localFailure } from '../gateway/local-failure.ts';
import type { GatewayFailure } from '../ports.ts';

const count = z.int().nonnegative();
/** Stands for what the rules say; null: they cannot be read, or an older plugin does not tell. */
const digestWire = z.string().max(128).nullable().default(null);
const statusWire = z.object({
  version: z.string().min(1).max(64),
  holdMs: count,
  policy: z.enum(['absent', 'ready', 'unreadable']),
  problem: z.string().max(2_000).nullable(),
  overflow: count,
  unreadable: count,
  /** Self-test messages refused so far; plugins that cannot be tested do not say. */
  selfTests: count.nullable().default(null),
  digest: digestWire,
  /** 1: a plugin from before it told. */
  protocol: z.int().positive().default(1),
  rules: rulesStateSchema.nullable().default(null).catch(null),
});
export type GuardStatus = Readonly<z.infer<typeof statusWire>>;

const policyWire = z.unknown().transform((value, context): Policy => {
  const parsed = parsePolicy(value);
  if (parsed.ok) return parsed.value;
  context.issues.push({ code: 'custom', message: parsed.error.message, input: value });
  return z.NEVER;
});
const rulesWire = z.object({
  status: z.enum(['absent', 'ready', 'unreadable']),
  /** Unreadable: the last that could be read, if any. */
  policy: policyWire.nullable(),
  digest: digestWire,
});
const storedWire = z.object({ policy: policyWire });
const contactsWire = z.object({ contacts: z.array(z.string().min(1).max(longestContact)).max(20_000) });

export interface GuardRules {
  readonly status: 'absent' | 'ready' | 'unreadable';
  readonly policy: Policy;
  /** False: the rules cannot be read, and there is no earlier version of them either. */
  readonly known: boolean;
}

interface LastRules {
  /** The answer they were read from. */
  readonly text: string;
  readonly digest: string | null;
  readonly rules: GuardRules;
}

export type GuardAnswer<T> = Promise<Result<T, GatewayFailure>>;

export class GuardCalls {
  readonly #request: Call;
  /** Rules are read on a beat and seldom change; to understand thousands of addresses anew takes a second. */
  #lastRules: LastRules | null = null;

  constructor(request: Call) {
    this.#request = request;
  }

  async status(): GuardAnswer<GuardStatus> {
    return this.#call(statusWire, 'status');
  }

  /** The rules that status goes with; asked for only when they are other ones than those read last. */
  async rulesOf({ digest }: GuardStatus): GuardAnswer<GuardRules> {
    const last = this.#lastRules;
    return digest !== null && last?.digest === digest ? ok(last.rules) : this.rules();
  }

  async rules(): GuardAnswer<GuardRules> {
    const answer = await this.#ask('rules.get', {});
    if (!answer.ok) return answer;
    const text = JSON.stringify(answer.value);
    if (this.#lastRules?.text === text) return ok(this.#lastRules.rules);
    const read = parse(rulesWire, 'rules.get', answer.value);
    if (!read.ok) return read;
    const { status, policy, digest } = read.value;
    const rules = { status, policy: policy ?? emptyPolicy, known: policy !== null };
    this.#lastRules = { text, digest, rules };
    return ok(rules);
  }

  /** @param revision the one the change was made from */
  async setRules(revision: number, policy: Policy): GuardAnswer<Policy> {
    return policyOf(await this.#call(storedWire, 'rules.set', { revision, policy: writtenPolicy(policy) }));
  }

  async restoreRules(): GuardAnswer<Policy> {
    return policyOf(await this.#call(storedWire, 'rules.restore'));
  }

  async approvedContacts(channel: string, account: string): GuardAnswer<readonly string[]> {
    const read = await this.#call(contactsWire, 'approved-contacts', { channel, account });
    return read.ok ? ok(read.value.contacts) : read;
  }

  async #call<T>(schema: z.ZodType<T>, name: string, params: object = {}): GuardAnswer<T> {
    const answer = await this.#ask(name, params);
    return answer.ok ? parse(schema, name, answer.value) : answer;
  }

  async #ask(name: string, params: object): GuardAnswer<unknown> {
    return this.#request(`portcullis-guard.${name}`, params);
  }
}

function parse<T>(schema: z.ZodType<T>, name: string, value: unknown): Result<T, GatewayFailure> {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? ok(parsed.data)
    : fail(localFailure('BAD_ANSWER', `${name}: ${parsed.error.issues[0]?.path.join('.') ?? ''}`));
}

function policyOf(
  answer: Result<{ readonly policy: Policy }, GatewayFailure>,
): Result<Policy, GatewayFailure> {
  return answer.ok ? ok(answer.value.policy) : answer;
}

/**
 * A call without parameters that the gateway finds wrong in itself: it does not know the method. An operator without
 * admin scope hears FORBIDDEN instead (docs/GATEWAY-PROTOCOL.md#frames).
 */
export function isUnknownMethod({ code }: GatewayFailure): boolean {
  return code === 'INVALID_REQUEST' || code === 'FORBIDDEN';
}
