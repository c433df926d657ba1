/**
 * A stopped message in a few plain lines. What is displayed there is what is decided there: it only counts as complete
 * when the whole text stands on one line and nothing about the recipient needs a second look.
 */
import type { DisplayText } from '../../contract/display-text.ts';
import { maskSecrets } from '../../contract/guard/content/find-secrets.ts';
import { sendLineTexts, sendWarningTexts, surplusTexts } from '../../contract/guard/send-texts.ts';
import type { SendRecipient, SendRequestView, SurplusView } from '../../contract/request.ts';
import { describeTexts } from '../../contract/strings.ts';

export interface SendLines {
  readonly title: string;
  readonly facts: readonly string[];
  readonly complete: boolean;
}

const separator = ' · ';
/** With its quotes it fits the longest line a desktop shows whole. */
const longestText = 150;

export function describeSend(request: SendRequestView, hideText: boolean): SendLines {
  if (request.surplus !== null) return describeSurplus(request, request.surplus);
  const { who, recipients, action, isText, warnings } = request;
  const [only] = recipients;
  const others = recipients.length - 1;
  const facts = [
    others > 0 ? sendLineTexts.alsoTo(others) : null,
    only === undefined ? null : writtenLine(only, who.text),
    [...origin(request)].join(separator),
    ...warnings.map((warning) => sendWarningTexts[warning].short),
    isText ? null : sendLineTexts.action(action.text),
    request.media.length === 0 ? null : `${sendLineTexts.files}: ${String(request.media.length)}`,
    textLine(request, hideText),
  ];
  return {
    title: sendLineTexts.title(who.text),
    facts: facts.filter((fact) => fact !== null),
    complete: isSimple(request) && !hideText && fitsOneLine(request.text),
  };
}

/** Only in the window there is room for who gets what; there it is decided. */
function describeSurplus(request: SendRequestView, { limit }: SurplusView): SendLines {
  return {
    title: `${request.who.text} ${surplusTexts.doing}`,
    facts: [surplusTexts.count(request.attempts, limit), [...origin(request)].join(separator)],
    complete: false,
  };
}

function* origin({ channelLabel, accountId, cause }: SendRequestView): Generator<string> {
  yield channelLabel.text;
  if (accountId !== null) yield describeTexts.account(accountId.text);
  if (cause.agent !== null) yield sendLineTexts.by(cause.agent.text);
}

/** Only where the title does not say it already. */
function writtenLine({ to }: SendRecipient, shown: string): string | null {
  return to.text === shown ? null : sendLineTexts.asWritten(to.text);
}

function textLine({ text, secrets }: SendRequestView, hideText: boolean): string {
  if (hideText) return sendLineTexts.textHidden;
  if (text.text === '') return sendLineTexts.textEmpty;
  return fitsOneLine(text) ? sendLineTexts.text(maskSecrets(text.text, secrets)) : sendLineTexts.textInWindow;
}

/** Plain text to one person who was understood, with nothing to warn about. */
function isSimple({ isText, media, warnings, recipients, answers }: SendRequestView): boolean {
  const [only] = recipients;
  return (
    isText &&
    media.length === 0 &&
    warnings.length === 0 &&
    recipients.length === 1 &&
    only !== undefined &&
    isOnePerson(only) &&
    answers.includes('once')
  );
}

/** A conversation says nothing about who reads along, unless that is known to be one person. */
function isOnePerson({ understood, people }: SendRecipient): boolean {
  if (understood === null || people.length > 1) return false;
  return people.length === 1 || !/^(?:chat_id|group):/u.test(understood.text);
}

/** Menus and notifications fold or cut anything else. */
function fitsOneLine({ text, truncated }: DisplayText): boolean {
  return text !== '' && !truncated && text.length <= longestText && !/[\n\t]| {2}|^ | $/u.test(text);
}
