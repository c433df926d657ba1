/**
 * A request in a few plain lines, for places without layout: notifications and the tray menu. Also decides whether
 * everything fits there, because what is not shown there cannot be approved there.
 */
import type { DisplayText } from '../../contract/display-text.ts';
import type { RequestKind, RequestView } from '../../contract/request.ts';
import { sendAnswerLabels } from '../../contract/guard/send-texts.ts';
import { assertNever } from '../../contract/result.ts';
import type { Settings } from '../../contract/settings.ts';
import { asksText } from '../../contract/stranger-texts.ts';
import { askTexts, buttonTexts, describeTexts } from '../../contract/strings.ts';
import { describeSend } from './describe-send.ts';

export interface Description {
  /** Who wants what, one line. */
  readonly title: string;
  /** The facts the owner decides on, one line each. */
  readonly facts: readonly string[];
  /** Nothing had to be left out, and no line is so long that a desktop would cut it. */
  readonly complete: boolean;
}

/** Beyond these, notification daemons cut what they show. */
const maxTitle = 80;
const maxFact = 160;
/** More names than this do not fit into a notification. */
const maxNames = 6;
const separator = ' · ';

interface Names {
  readonly line: string | null;
  readonly complete: boolean;
}

/** @param hideSendText the owner wants the text of stopped messages hidden here */
export function describeRequest(
  request: RequestView,
  { hideSendText }: Pick<Settings, 'hideSendText'>,
): Description {
  const { title, facts, complete } =
    request.kind === 'send'
      ? describeSend(request, hideSendText)
      : { title: `${request.who.text} ${askTexts[request.kind]}`, ...factsOf(request) };
  const fits = title.length <= maxTitle && facts.every((fact) => fact.length <= maxFact);
  return { title, facts, complete: complete && fits };
}

type PairingView = Exclude<RequestView, { kind: 'send' }>;

function factsOf(request: PairingView): Omit<Description, 'title'> {
  switch (request.kind) {
    case 'chat': {
      const account = describeTexts.account(request.accountId.text);
      const asks = asksText(request.asks);
      const where = joined(request.channelLabel.text, account);
      return { facts: asks === null ? [where] : [where, asks], complete: true };
    }
    case 'device': {
      const { platform, address, role, repair, scopes } = request;
      const rights = names(
        describeTexts.rights,
        scopes.map((scope) => scope.words),
      );
      const facts = [
        joined(platform?.text, address?.text, describeTexts.key(request.fingerprint)),
        role.text === 'operator' ? null : describeTexts.role(role.text),
        repair ? describeTexts.repair : null,
        rights.line,
      ];
      return { facts: facts.filter((fact) => fact !== null), complete: rights.complete };
    }
    case 'node': {
      const { commands, capabilities, permissions } = request;
      const lists = [
        names(describeTexts.commands, textsOf(commands)),
        names(describeTexts.capabilities, textsOf(capabilities)),
        names(describeTexts.permissions, textsOf(permissions)),
      ];
      const machine = joined(request.platform?.text, describeTexts.key(request.fingerprint));
      const facts = [machine, ...lists.map(({ line }) => line)];
      return {
        facts: facts.filter((fact) => fact !== null),
        complete: lists.every((list) => list.complete),
      };
    }
    default:
      return assertNever(request);
  }
}

/** What a press that lets in, or out, is called. */
export function approveLabel(kind: RequestKind): string {
  return kind === 'send' ? sendAnswerLabels.once : buttonTexts.approve;
}

/** May Approve stand beside this description? Otherwise the owner is led to the window ("Review…"). */
export function isOneClick(request: RequestView, description: Description): boolean {
  return request.fullyShown && description.complete && request.elevation.length === 0;
}

function names(label: string, all: readonly string[]): Names {
  if (all.length === 0) return { line: null, complete: true };
  const shown = all.slice(0, maxNames).join(', ');
  const hidden = all.length - maxNames;
  return hidden > 0
    ? { line: `${label}: ${shown}, ${describeTexts.more(hidden)}`, complete: false }
    : { line: `${label}: ${shown}`, complete: true };
}

function textsOf(texts: readonly DisplayText[]): readonly string[] {
  return texts.map(({ text }) => text);
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(separator);
}
