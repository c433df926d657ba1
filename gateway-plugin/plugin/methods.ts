/** The plugin's own gateway methods, each with the least scope that fits. */
import { z } from 'zod';
import { changedSinceShown, guardProtocol } from '../../electron/contract/guard/guard-wire.ts';
import { emptyPolicy } from '../../electron/contract/guard/policy.ts';
import type { Policy } from '../../electron/contract/guard/policy.ts';
import { longestContact } from '../../electron/contract/people.ts';
import type { Result } from '../../electron/contract/result.ts';
import { fail, ok } from '../../electron/contract/result.ts';
import { policyDigest, readPolicyState } from '../store/policy-file.ts';
import type { PolicyUpdateFailure } from '../store/policy-file.ts';
import { readSpool } from '../store/spool.ts';
import { answerSend } from './answer.ts';
import type { AnswerFailure } from './answer.ts';
import { bringRulesBack, changeRules } from './change-rules.ts';
import type { GatewayFacts } from './gateway-facts.ts';
import type { HoldParts } from './holds.ts';
import type { GatewayScope, PluginApi } from './plugin-api.ts';
import { rulesState } from './rules-state.ts';
import { asShown } from './shown.ts';
import { pluginVersion } from './version.ts';

interface CallError {
  readonly code: 'INVALID_REQUEST' | 'UNAVAILABLE' | typeof changedSinceShown;
  readonly message: string;
  /** What a program branches on. */
  readonly details: { readonly reason: CallFailure };
}
type CallFailure = AnswerFailure | PolicyUpdateFailure['reason'] | 'bad-request' | 'failed';
type Answer = Result<object, CallError> | Promise<Result<object, CallError>>;

const resolveParams = z.strictObject({
  id: z.string().min(8).max(64),
  decision: z.enum(['send-once', 'allow-hour', 'allow-always', 'deny', 'never', 'take-back']),
  /** What the answer is about, as `list` and the events told it; an older app leaves it out. */
  shown: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
const setRulesParams = z.strictObject({ revision: z.int().nonnegative(), policy: z.looseObject({}) });
const contactsParams = z.strictObject({
  channel: z.string().min(1).max(64),
  account: z.string().min(1).max(128).default('default'),
});
const removeContactParams = z.strictObject({
  channel: z.string().min(1).max(64),
  account: z.string().min(1).max(128),
  contact: z.string().min(1).max(longestContact),
});
/** Held, refused and allowed texts together may be large; one answer stays well below the gateway's frame limit. */
const listedTextMax = 4 * 1024 * 1024;

export interface MethodParts extends HoldParts {
  readonly facts: () => GatewayFacts;
  readonly holdMs: number;
  readonly readApprovedContacts: (channel: string, account: string) => Promise<readonly string[]>;
  /** False: was not approved (any more). */
  readonly removeApprovedContact: (channel: string, account: string, contact: string) => Promise<boolean>;
}

export function registerMethods(api: PluginApi, parts: MethodParts): void {
  const method = (name: string, scope: GatewayScope, answer: (params: unknown) => Answer): void => {
    api.registerGatewayMethod(
      `portcullis-guard.${name}`,
      async ({ params, respond }) => {
        const outcome = await answered(() => answer(params));
        if (outcome.ok) respond(true, outcome.value);
        else respond(false, undefined, outcome.error);
      },
      { scope },
    );
  };

  method('status', 'operator.read', () => ok(status(parts)));
  method('list', 'operator.approvals', () => ok(list(parts)));
  method('resolve', 'operator.approvals', (params) => resolveSend(parts, params));
  method('rules.get', 'operator.read', () => ok(rules(parts)));
  method('rules.set', 'operator.approvals', (params) => setRules(parts, params));
  method('rules.restore', 'operator.approvals', () => asAnswer(bringRulesBack(parts)));
  method('approved-contacts', 'operator.pairing', async (params) => {
    const parsed = contactsParams.safeParse(params);
    if (!parsed.success) return badRequest('Name a channel.');
    const { channel, account } = parsed.data;
    return ok({ channel, account, contacts: await parts.readApprovedContacts(channel, account) });
  });
  method('remove-contact', 'operator.pairing', async (params) => {
    const parsed = removeContactParams.safeParse(params);
    if (!parsed.success) return badRequest('Name a channel, an account and a contact.');
    const { channel, account, contact } = parsed.data;
    return ok({ removed: await parts.removeApprovedContact(channel, account, contact) });
  });
}

async function answered(work: () => Answer): Promise<Result<object, CallError>> {
  try {
    return await work();
  } catch (error: unknown) {
    const message = error instanceof Error ? error.message.slice(0, 300) : 'unknown error';
    return failure('UNAVAILABLE', 'failed', message);
  }
}

function status(parts: MethodParts): object {
  const policy = readPolicyState(parts.files);
  const { sends, overflow, unreadable } = readSpool(parts.files);
  return {
    version: pluginVersion,
    protocol: guardProtocol,
    rules: rulesState(parts.files, policy, parts.facts()),
    selfTests: parts.state.selfTests,
    holdMs: parts.holdMs,
    policy: policy.status,
    revision: policy.status === 'ready' ? policy.policy.revision : null,
    digest: policyDigest(policy),
    problem: policy.status === 'unreadable' ? policy.problem : null,
    stopped: sends.length + parts.state.unkept.size,
    overflow,
    unreadable,
  };
}

/** Newest last. Sends whose text would make the answer too large are named in `omitted`, never dropped silently. */
function list(parts: MethodParts): object {
  const { sends: kept, overflow, unreadable } = readSpool(parts.files);
  const sends = [...kept, ...parts.state.unkept.values()];
  let room = listedTextMax;
  const fitting = sends.toReversed().filter((send) => (room -= send.text.length + 1000) > 0);
  const omitted = sends.filter((send) => !fitting.includes(send)).map((send) => send.id);
  return { sends: fitting.toReversed().map((send) => asShown(parts, send)), omitted, overflow, unreadable };
}

function resolveSend(parts: MethodParts, params: unknown): Result<object, CallError> {
  const parsed = resolveParams.safeParse(params);
  if (!parsed.success) return badRequest('Name the stopped send and one decision.');
  const { id, decision, shown } = parsed.data;
  const outcome = answerSend(parts, id, decision, shown ?? null);
  if (outcome.ok) return outcome;
  const { code, message } = answerFailures[outcome.error];
  return failure(code, outcome.error, message);
}

const answerFailures: Readonly<Record<AnswerFailure, Pick<CallError, 'code' | 'message'>>> = {
  unknown: { code: 'INVALID_REQUEST', message: 'This stopped send is not there any more.' },
  'policy-unreadable': {
    code: 'UNAVAILABLE',
    message: 'The send rules cannot be read; restore them first.',
  },
  busy: { code: 'UNAVAILABLE', message: 'The send rules are being changed; try again.' },
  paused: { code: 'INVALID_REQUEST', message: 'All sends are paused; resume them first.' },
  denied: { code: 'INVALID_REQUEST', message: 'A rule denies this recipient; remove it first.' },
  'not-repeatable': {
    code: 'INVALID_REQUEST',
    message: 'This message has several recipients and cannot be sent again from here.',
  },
  [changedSinceShown]: {
    code: changedSinceShown,
    message: 'This is not the message any more that was shown; look at it again.',
  },
  'file-unread': {
    code: 'INVALID_REQUEST',
    message: 'A file of this message cannot be read, so it is not known what would leave.',
  },
  'not-understood': {
    code: 'INVALID_REQUEST',
    message: 'A recipient is not understood, so no rule can name it.',
  },
};

function rules(parts: MethodParts): object {
  const state = readPolicyState(parts.files);
  const digest = policyDigest(state);
  switch (state.status) {
    case 'absent':
      return { status: 'absent', policy: emptyPolicy, digest, problem: null };
    case 'ready':
      return { status: 'ready', policy: state.policy, digest, problem: null };
    case 'unreadable':
      return { status: 'unreadable', policy: state.lastGood, digest, problem: state.problem };
  }
}

function setRules(parts: MethodParts, params: unknown): Result<object, CallError> {
  const parsed = setRulesParams.safeParse(params);
  if (!parsed.success) return badRequest('Send the revision you read and the whole new policy.');
  const { revision, policy } = parsed.data;
  // One-time allowances come from answers only and survive a change of the rules.
  const change = (before: Policy): unknown => ({ ...policy, oneTime: before.oneTime });
  return asAnswer(changeRules(parts, revision, change));
}

function asAnswer(result: Result<Policy, PolicyUpdateFailure>): Result<object, CallError> {
  if (result.ok) return ok({ policy: result.value });
  const { error } = result;
  switch (error.reason) {
    case 'conflict':
      return failure(
        'INVALID_REQUEST',
        'conflict',
        `The rules were changed meanwhile (revision ${String(error.revision)}).`,
      );
    case 'invalid':
      return failure('INVALID_REQUEST', 'invalid', error.problem);
    case 'unreadable':
      return failure('UNAVAILABLE', 'unreadable', error.problem);
    case 'locked':
      return failure('UNAVAILABLE', 'locked', 'The rules are being changed; try again.');
  }
}

function badRequest(message: string): Result<object, CallError> {
  return failure('INVALID_REQUEST', 'bad-request', message);
}

function failure(code: CallError['code'], reason: CallFailure, message: string): Result<object, CallError> {
  return fail({ code, message, details: { reason } });
}
