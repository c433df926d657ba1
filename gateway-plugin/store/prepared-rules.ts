/**
 * Many rules take longer to parse than a message is on its way, and the transport guard is started anew for most of
 * them. So what it looks up is kept beside the rules, bound to their text: with another one it counts for nothing.
 */
import { lstatSync } from 'node:fs';
import { possiblySamePerson, samePerson } from '../../electron/contract/guard/address-kin.ts';
import { canonicalAccount } from '../../electron/contract/guard/channel-ids.ts';
import type { AllowRule, BlockedPerson, DenyRule, Policy } from '../../electron/contract/guard/policy.ts';
import { policyIndex, setPolicyIndex } from '../../electron/contract/guard/policy-index.ts';
import type { ChannelRules } from '../../electron/contract/guard/policy-index.ts';
import type { PolicyState } from '../../electron/contract/guard/send.ts';
import type { GuardFiles } from './guard-files.ts';
import { readPolicyState } from './policy-file.ts';
import { readText, replaceText } from './private-file.ts';
import { findLines, sortedLines } from './sorted-lines.ts';
import type { Lines } from './sorted-lines.ts';
import { sha256 } from './sha256.ts';

/** Fewer are parsed as fast. */
const manyCharacters = 64 * 1024;
/** A file changed this shortly before it was read may be changed once more without looking any different. */
const settledMs = 2_000;
const format = 'rules 2';
const hashLength = 64;

interface Header {
  readonly format: string;
  /** SHA-256 of the text of the rules. */
  readonly rules: string;
  /** Without its lists of people. */
  readonly policy: Policy;
  readonly accounts: readonly { readonly allowTo: Lines; readonly denyTo: Lines }[];
  readonly channels: readonly {
    readonly channel: string;
    readonly restricted: boolean;
    readonly blocked: Lines;
  }[];
}

interface Read {
  readonly path: string;
  readonly identity: string;
  readonly text: string;
  readonly policy: Policy;
}
let last: Read | null = null;

/** As `readPolicyState`, and the same answers; only faster where there are many rules. Never throws. */
export function readRules(files: GuardFiles): PolicyState {
  const known = last?.path === files.policy ? last : null;
  const identity = identityOf(files.policy);
  if (known !== null && identity !== null && identity === known.identity)
    return { status: 'ready', policy: known.policy };
  const text = textOf(files.policy);
  if (text === null || text.length < manyCharacters) return readPolicyState(files);
  const policy = known?.text === text ? known.policy : (prepared(files, text) ?? prepare(files, text));
  if (policy === null) return readPolicyState(files);
  last = { path: files.policy, identity: identity ?? '', text, policy };
  return { status: 'ready', policy };
}

/** null while it could be changed again without being told apart. */
function identityOf(path: string): string | null {
  try {
    const { dev, ino, size, ctimeMs, mtimeMs } = lstatSync(path);
    return Date.now() - Math.max(ctimeMs, mtimeMs) < settledMs
      ? null
      : [dev, ino, size, ctimeMs, mtimeMs].join(' ');
  } catch {
    return null;
  }
}

function textOf(path: string): string | null {
  try {
    return readText(path);
  } catch {
    return null; // said by whoever reads it in full
  }
}

/** Best effort to keep it: the next message prepares it again. @returns null when these are not the rules any more */
function prepare(files: GuardFiles, text: string): Policy | null {
  const state = readPolicyState(files);
  if (state.status !== 'ready' || textOf(files.policy) !== text) return null;
  try {
    replaceText(files.preparedRules, preparedText(state.policy, text));
  } catch {
    // E.g. a full disk.
  }
  return state.policy;
}

function preparedText(policy: Policy, text: string): string {
  let body = '';
  const list = (entries: readonly (readonly [string, unknown])[]): Lines => {
    const from = body.length;
    body += sortedLines(entries);
    return { from, to: body.length };
  };
  const accounts = policy.accounts.map(({ allowTo, denyTo }) => ({
    allowTo: list(allowTo.map((rule) => [samePerson(rule.to), rule])),
    denyTo: list(denyTo.map((rule) => [possiblySamePerson(rule.to), rule])),
  }));
  const index = policyIndex(policy);
  const channels = index.channels.map((channel) => ({
    channel,
    restricted: index.ofChannel(channel).restricted,
    blocked: list(
      policy.blocked
        .filter((person) => person.channel === channel)
        .map((person) => [possiblySamePerson(person.to), person]),
    ),
  }));
  const slim = {
    ...policy,
    accounts: policy.accounts.map((account) => ({ ...account, allowTo: [], denyTo: [] })),
    blocked: [],
  };
  const header: Header = { format, rules: sha256(text), policy: slim, accounts, channels };
  const content = `${JSON.stringify(header)}\n${body}`;
  return `${sha256(content)}\n${content}`;
}

function prepared(files: GuardFiles, text: string): Policy | null {
  try {
    const kept = readText(files.preparedRules) ?? '';
    const content = kept.slice(hashLength + 1);
    if (sha256(content) !== kept.slice(0, hashLength)) return null;
    const end = content.indexOf('\n');
    const header = JSON.parse(content.slice(0, end)) as Header;
    if (header.format !== format || header.rules !== sha256(text)) return null;
    return lookedUp(header, Buffer.from(content.slice(end + 1), 'latin1'));
  } catch {
    return null; // not there, or damaged: the rules themselves count
  }
}

function lookedUp({ policy, accounts, channels }: Header, body: Buffer): Policy {
  const rules = policy.accounts.map((entry, at) => {
    const { allowTo, denyTo } = accounts[at] ?? { allowTo: nothing, denyTo: nothing };
    return {
      entry,
      account: canonicalAccount(entry.account),
      allowing: (key: string, now: number) =>
        (findLines(body, allowTo, samePerson(key)) as readonly AllowRule[]).find(
          ({ until }) => until === null || until > now,
        ),
      denying: (key: string) => findLines(body, denyTo, possiblySamePerson(key))[0] as DenyRule | undefined,
    };
  });
  const byChannel = new Map<string, ChannelRules>(
    channels.map(({ channel, restricted, blocked }) => [
      channel,
      {
        restricted,
        accounts: rules.filter(({ entry }) => entry.channel === channel),
        blocking: (key) => findLines(body, blocked, possiblySamePerson(key))[0] as BlockedPerson | undefined,
      },
    ]),
  );
  setPolicyIndex(policy, {
    channels: channels.map(({ channel }) => channel),
    ofChannel: (channel) => byChannel.get(channel) ?? noRules,
  });
  return policy;
}

const nothing: Lines = { from: 0, to: 0 };
const noRules: ChannelRules = { accounts: [], blocking: () => undefined, restricted: false };
