/**
 * Decides which notifications are on screen: one per request up to three, one for all beyond that. It only plans;
 * the notifier port shows and closes.
 *
 * Approve is offered from the start, although it arms a second later: replacing a notification alerts twice, and the
 * inbox refuses a press that comes too early (the caller then opens the window). Likewise nothing is redrawn while
 * the gateway is not connected: what is shown stays, its buttons are refused by the inbox, and nothing new appears.
 */
import { isOpen, type RequestView } from '../../contract/request.ts';
import { sendNotificationTexts } from '../../contract/guard/send-texts.ts';
import type { Settings } from '../../contract/settings.ts';
import { approveMeans, buttonTexts, notificationTexts } from '../../contract/strings.ts';
import type { GoneReason, NotificationAction, NotificationSpec, NotifierCapabilities } from '../ports.ts';
import { approveLabel, describeRequest, isOneClick } from '../requests/describe.ts';
import type { Activations, Intent, IssueToken } from './activation.ts';

export interface PlanInput {
  /** Visible requests; only pending ones are announced. */
  readonly requests: readonly RequestView[];
  /** All open requests, also those not visible. */
  readonly openCount: number;
  readonly settings: Settings['notifications'] & Pick<Settings, 'hideSendText'>;
  readonly capabilities: NotifierCapabilities;
  /** The connection is ready: answers are possible. */
  readonly ready: boolean;
}

export type SuppressReason =
  'turned-off' | 'not-available' | 'not-connected' | 'dismissed' | 'already-shown' | 'grouped';

export interface NotificationPlan {
  readonly close: readonly string[];
  readonly show: readonly NotificationSpec[];
  /** Why a pending request gets no notification of its own now; for the log. */
  readonly suppressed: readonly { readonly key: string; readonly reason: SuppressReason }[];
}

const maxSingle = 3;
const groupId = 'requests';

/** A notification before it has tokens. */
interface Draft {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgency: NotificationSpec['urgency'];
  readonly buttons: readonly { readonly label: string; readonly intent: Intent }[];
  readonly click: Intent;
  /** Requests it stands for. */
  readonly members: readonly RequestView[];
}

interface Shown {
  /** Everything visible or meant; equal = no need to show again. */
  readonly content: string;
  readonly members: readonly RequestView[];
}

export class NotificationPlanner {
  readonly #activations: Activations;
  readonly #shown = new Map<string, Shown>();
  /** Request key → revision the owner has waved away. */
  readonly #dismissed = new Map<string, number>();
  #grouped = false;

  constructor(activations: Activations) {
    this.#activations = activations;
  }

  plan(input: PlanInput): NotificationPlan {
    const pending = input.requests.filter((request) => request.status === 'pending');
    this.#forgetAnswered(pending);
    const off = offReason(input);
    if (off !== null)
      return { close: this.#closeAllBut(new Set()), show: [], suppressed: reasons(pending, off) };
    if (!input.ready) return this.#planWhileNotReady(pending);

    const wanted = pending.filter((request) => this.#dismissed.get(request.key) !== request.revision);
    const invisible = input.openCount - input.requests.filter(isOpen).length;
    const drafts = this.#drafts(wanted, wanted.length === 0 ? 0 : invisible, input);
    const close = this.#closeAllBut(new Set(drafts.map((draft) => draft.id)));
    const changed = drafts.filter((draft) => this.#shown.get(draft.id)?.content !== contentOf(draft));
    const suppressed = this.#suppressed(pending, new Set(wanted), changed);
    return { close, show: changed.map((draft) => this.#show(draft)), suppressed };
  }

  /**
   * It left the screen: as reported by the notifier, or `dismissed` when one of its buttons was pressed (close it
   * then, too: not every desktop does). Only `daemon-gone` leads to showing again.
   */
  gone(id: string, reason: GoneReason): void {
    if (reason === 'daemon-gone') {
      this.#shown.clear();
      return;
    }
    if (!this.shows(id)) return;
    for (const { key, revision } of this.#shown.get(id)?.members ?? []) this.#dismissed.set(key, revision);
    this.#forget(id);
  }

  /** One of ours, as opposed to the tray menu and to notifications of the past. */
  shows(id: string): boolean {
    return this.#shown.has(id);
  }

  /** The notifier could not show it: try again with the next plan. */
  failed(id: string): void {
    this.#forget(id);
  }

  /** What still stands for someone who waits stays; its buttons are refused by the inbox meanwhile. */
  #planWhileNotReady(pending: readonly RequestView[]): NotificationPlan {
    const keys = new Set(pending.map((request) => request.key));
    const kept = [...this.#shown].filter(([, { members }]) => members.some((member) => keys.has(member.key)));
    const close = this.#closeAllBut(new Set(kept.map(([id]) => id)));
    return { close, show: [], suppressed: reasons(pending, 'not-connected') };
  }

  #drafts(wanted: readonly RequestView[], invisible: number, input: PlanInput): readonly Draft[] {
    const count = wanted.length + invisible;
    // Once grouped, it stays so until all are answered: an answer must not make others pop up one by one.
    this.#grouped = count > maxSingle || (this.#grouped && count > 0);
    if (this.#grouped) return [groupDraft(wanted, count)];
    return wanted.map((request) => requestDraft(request, input));
  }

  #show(draft: Draft): NotificationSpec {
    this.#shown.set(draft.id, { content: contentOf(draft), members: draft.members });
    return this.#activations.render(draft.id, (issue) => toSpec(draft, issue));
  }

  #closeAllBut(kept: ReadonlySet<string>): readonly string[] {
    const close = [...this.#shown.keys()].filter((id) => !kept.has(id));
    for (const id of close) this.#forget(id);
    return close;
  }

  #forget(id: string): void {
    this.#shown.delete(id);
    this.#activations.revoke(id);
  }

  /** A request that comes back after an answer failed is news again. */
  #forgetAnswered(pending: readonly RequestView[]): void {
    const keys = new Set(pending.map((request) => request.key));
    for (const key of this.#dismissed.keys()) if (!keys.has(key)) this.#dismissed.delete(key);
  }

  #suppressed(
    pending: readonly RequestView[],
    wanted: ReadonlySet<RequestView>,
    changed: readonly Draft[],
  ): NotificationPlan['suppressed'] {
    const announced = new Set(changed.flatMap((draft) => (draft.id === groupId ? [] : draft.members)));
    return pending.flatMap((request) => {
      if (announced.has(request)) return [];
      if (!wanted.has(request)) return reasons([request], 'dismissed');
      return reasons([request], this.#grouped ? 'grouped' : 'already-shown');
    });
  }
}

function offReason({ settings, capabilities }: PlanInput): SuppressReason | null {
  if (!settings.enabled) return 'turned-off';
  return capabilities.shows ? null : 'not-available';
}

function reasons(requests: readonly RequestView[], reason: SuppressReason): NotificationPlan['suppressed'] {
  return requests.map(({ key }) => ({ key, reason }));
}

function idOf(requestKey: string): string {
  return `request:${requestKey}`;
}

function groupDraft(members: readonly RequestView[], count: number): Draft {
  return {
    id: groupId,
    title: notificationTexts.groupTitle(count),
    body: notificationTexts.groupBody,
    urgency: 'critical',
    buttons: [{ label: buttonTexts.openApp, intent: { type: 'open', key: null } }],
    click: { type: 'open', key: null },
    members,
  };
}

function requestDraft(request: RequestView, { settings, capabilities }: PlanInput): Draft {
  const { key, revision, kind, note } = request;
  const description = describeRequest(request, settings);
  const fixed = capabilities.fixedTextOnly || !settings.showDetails;
  const open: Intent = { type: 'open', key };
  // What is not shown cannot be approved from here.
  const oneClick = !fixed && isOneClick(request, description);
  const deny = { label: buttonTexts.deny, intent: { type: 'deny', key, revision } } as const;
  const last = oneClick
    ? ({ label: approveLabel(kind), intent: { type: 'approve', key, revision } } as const)
    : { label: buttonTexts.review, intent: open };
  const means = kind === 'send' && !oneClick ? [] : [approveMeans[kind]];
  const body = [...(note === null ? [] : [note]), ...description.facts, ...means].join('\n');
  const hidden = kind === 'send' ? sendNotificationTexts : notificationTexts;
  return {
    id: idOf(key),
    title: fixed ? hidden.hiddenTitle : description.title,
    body: fixed ? hidden.hiddenBody : body,
    urgency: 'critical',
    buttons: capabilities.actions ? [deny, last] : [],
    click: open,
    members: [request],
  };
}

function contentOf({ title, body, buttons, click }: Draft): string {
  return JSON.stringify([title, body, buttons, click]);
}

function toSpec(draft: Draft, issue: IssueToken): NotificationSpec {
  const { id, title, body, urgency, buttons, click } = draft;
  const actions: readonly NotificationAction[] = buttons.map(({ label, intent }) => ({
    label,
    token: issue(intent),
  }));
  return { id, title, body, urgency, actions, openToken: issue(click) };
}
