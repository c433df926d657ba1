/** Stands for the guard plugin in a connected gateway, with its rules and one connected iMessage account. */
import { selfTestAddress } from '../../contract/guard/self-test.ts';
import { guardProtocol, type RulesState } from '../../contract/guard/guard-wire.ts';
import { emptyPolicy, parsePolicy, type Policy } from '../../contract/guard/policy.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { localFailure } from '../gateway/local-failure.ts';
import type { GatewayFailure } from '../ports.ts';

type Answer = Result<unknown, GatewayFailure>;

export const brought = '0.2.0';

export class GuardPluginDouble {
  /** Null: not in the gateway. */
  version: string | null = brought;
  status: 'absent' | 'ready' | 'unreadable' = 'ready';
  /** Null: a plugin from before it told. */
  protocol: number | null = guardProtocol;
  rules: RulesState | null = null;
  policy: Policy | null = { ...emptyPolicy, revision: 1, region: 'US' };
  /** Null: a plugin that does not know the test. */
  selfTests: number | null = 0;
  /** What the guard does with the self-test message. */
  stops = true;
  /** False: a plugin that does not say when its rules are other ones. */
  tellsDigest = true;
  /** Recorded answers of another plugin, by method. */
  readonly answers = new Map<string, unknown>();
  contacts: readonly string[] = [];
  stopped: readonly unknown[] = [];
  /** Null: the gateway says nothing about channels. */
  channels: Readonly<Record<string, readonly unknown[]>> | null = {
    imessage: [{ accountId: 'default', connected: true, lastStartAt: 1 }],
  };
  /** Another client is faster: runs before rules are stored. */
  beforeSet: () => void = () => undefined;
  readonly sent: unknown[] = [];
  readonly #seen: string[] = [];

  /** @returns null for methods that are no business of the guard */
  answer(method: string, params: unknown): Answer | null {
    if (method === 'channels.status')
      return this.channels === null ? refuse('UNAVAILABLE') : ok({ channelAccounts: this.channels });
    if (method === 'send') return this.#send(params);
    if (!method.startsWith('portcullis-guard.')) return null;
    // As an operator without admin scope hears it.
    if (this.version === null)
      return { ok: false, error: { ...refuse('FORBIDDEN').error, detail: 'MISSING_SCOPE' } };
    const name = method.slice('portcullis-guard.'.length);
    if (this.answers.has(name)) return ok(this.answers.get(name));
    switch (name) {
      case 'status':
        return ok({
          version: this.version,
          holdMs: 60_000,
          policy: this.status,
          problem: this.status === 'unreadable' ? 'The policy file is not valid JSON.' : null,
          stopped: this.stopped.length,
          overflow: 0,
          unreadable: 0,
          ...this.#digest(),
          ...(this.protocol === null ? {} : { protocol: this.protocol }),
          ...(this.rules === null ? {} : { rules: this.rules }),
          ...(this.selfTests === null ? {} : { selfTests: this.selfTests }),
        });
      case 'rules.get':
        return ok({ status: this.status, policy: this.policy, problem: null, ...this.#digest() });
      case 'rules.set':
        return this.#set(params as { revision: number; policy: unknown });
      case 'rules.restore':
        this.status = 'ready';
        return this.#store(this.policy ?? emptyPolicy);
      case 'approved-contacts':
        return ok({ contacts: this.contacts });
      case 'list':
        return ok({ sends: this.stopped, omitted: [], overflow: 0, unreadable: 0 });
      default:
        return ok({});
    }
  }

  #digest(): { readonly digest?: string | null } {
    if (!this.tellsDigest) return {};
    if (this.status === 'unreadable') return { digest: null };
    const text = JSON.stringify([this.status, this.policy]);
    if (!this.#seen.includes(text)) this.#seen.push(text);
    return { digest: `digest-${String(this.#seen.indexOf(text))}` };
  }

  #set({ revision, policy }: { readonly revision: number; readonly policy: unknown }): Answer {
    this.beforeSet();
    if (this.status === 'unreadable') return refuse('UNAVAILABLE');
    return revision === (this.policy?.revision ?? 0) ? this.#store(policy) : refuse('INVALID_REQUEST');
  }

  #store(value: unknown): Answer {
    const parsed = parsePolicy(value);
    if (!parsed.ok) return refuse('INVALID_REQUEST');
    this.status = 'ready';
    this.policy = { ...parsed.value, revision: (this.policy?.revision ?? 0) + 1 };
    return ok({ policy: this.policy });
  }

  #send(params: unknown): Answer {
    this.sent.push(params);
    const { to } = params as { readonly to: string };
    if (to !== selfTestAddress || this.version === null || !this.stops) return ok({});
    this.selfTests = (this.selfTests ?? 0) + 1;
    return refuse('UNAVAILABLE');
  }
}

function refuse(code: string): { readonly ok: false; readonly error: GatewayFailure } {
  return fail(localFailure(code, 'refused'));
}
