/** What a notification says and offers, before it has tokens: one request, all of them, or an alarm. */
import type { RequestView } from '../../contract/request.ts';
import type { Settings } from '../../contract/settings.ts';
import { alarmTexts } from '../../contract/stranger-texts.ts';
import { digestTexts, discreetText, kindNotificationTexts } from '../../contract/notification-texts.ts';
import { approveMeans, buttonTexts, notificationTexts } from '../../contract/strings.ts';
import type { NotificationAction, NotificationSpec, NotifierCapabilities } from '../ports.ts';
import { approveLabel, describeRequest, isOneClick } from '../requests/describe.ts';
import type { Alarm } from '../strangers/strangers.ts';
import type { Intent, IssueToken } from './activation.ts';
import type { Digest } from './quiet-hold.ts';

export const groupId = 'requests';
export const alarmId = 'suspicious-activity';
export const digestId = 'digest';

/** A notification before it has tokens. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgency: NotificationSpec['urgency'];
  readonly buttons: readonly { readonly label: string; readonly intent: Intent }[];
  readonly click: Intent;
  /** Requests it stands for. */
  readonly members: readonly RequestView[];
  /** Alerts anew although it says the same. */
  readonly episode?: string;
}

export interface DraftOptions {
  readonly settings: Pick<Settings['notifications'], 'privacy'> & Pick<Settings, 'hideSendText'>;
  readonly capabilities: NotifierCapabilities;
}

/** Says the same however many are added to it, so that it alerts once. */
export function alarmDraft({ kind, episode }: Alarm, members: readonly RequestView[]): Draft {
  return { ...overview(alarmId, alarmTexts[kind], members), episode };
}

export function digestDraft(
  { episode, waiting, missed, alarm }: Digest,
  members: readonly RequestView[],
): Draft {
  const text = { title: digestTexts.title, body: digestTexts.body(waiting, missed, alarm?.kind ?? null) };
  return { ...overview(digestId, text, members), urgency: 'normal', episode };
}

export function groupDraft(members: readonly RequestView[], count: number): Draft {
  const text = { title: notificationTexts.groupTitle(count), body: notificationTexts.groupBody };
  return overview(groupId, text, members);
}

/** Stands for several; leads to the page of all requests, because nothing it stands for is shown on it. */
function overview(id: string, text: Pick<Draft, 'title' | 'body'>, members: readonly RequestView[]): Draft {
  const open: Intent = { type: 'open', key: null };
  return {
    id,
    ...text,
    urgency: 'critical',
    buttons: [{ label: buttonTexts.openApp, intent: open }],
    click: open,
    members,
  };
}

/** Tells nobody who looks at the screen what it is about. It cannot be answered either: nothing of it is shown. */
export function discreet(draft: Draft): Draft {
  return {
    ...draft,
    ...discreetText,
    buttons: draft.buttons.length === 0 ? [] : [{ label: buttonTexts.openApp, intent: draft.click }],
  };
}

export function requestDraft(request: RequestView, { settings, capabilities }: DraftOptions): Draft {
  const { key, revision, kind, note } = request;
  const description = describeRequest(request, settings);
  const fixed = capabilities.fixedTextOnly || settings.privacy !== 'names';
  const open: Intent = { type: 'open', key };
  // What is not shown cannot be approved from here.
  const oneClick = !fixed && isOneClick(request, description);
  const deny = { label: buttonTexts.deny, intent: { type: 'deny', key, revision } } as const;
  const last = oneClick
    ? ({ label: approveLabel(kind), intent: { type: 'approve', key, revision } } as const)
    : { label: buttonTexts.review, intent: open };
  const means = kind === 'send' && !oneClick ? [] : [approveMeans[kind]];
  const body = [...(note === null ? [] : [note]), ...description.facts, ...means].join('\n');
  return {
    id: idOf(key),
    ...(fixed ? kindNotificationTexts[kind] : { title: description.title, body }),
    urgency: 'critical',
    buttons: capabilities.actions ? [deny, last] : [],
    click: open,
    members: [request],
  };
}

export function contentOf({ title, body, buttons, click, episode }: Draft): string {
  return JSON.stringify([title, body, buttons, click, episode]);
}

export function toSpec(draft: Draft, issue: IssueToken): NotificationSpec {
  const { id, title, body, urgency, buttons, click } = draft;
  const actions: readonly NotificationAction[] = buttons.map(({ label, intent }) => ({
    label,
    token: issue(intent),
  }));
  return { id, title, body, urgency, actions, openToken: issue(click) };
}

function idOf(requestKey: string): string {
  return `request:${requestKey}`;
}
