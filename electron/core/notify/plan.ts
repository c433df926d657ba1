/**
 * Decides which notifications are on screen: one per request up to three, one for all beyond that, one while something
 * suspicious goes on, none for a sender the owner heard of today, and one for all that came during quiet hours,
 * suspicious or not. It only plans; the notifier port shows and closes.
 *
 * Approve is offered from the start, although it arms a second later: replacing a notification alerts twice, and the
 * inbox refuses a press that comes too early (the caller then opens the window). Likewise nothing is redrawn while
 * the gateway is not connected: what is shown stays, its buttons are refused by the inbox, and nothing new appears.
 */
import { isOpen, type RequestView } from '../../contract/request.ts';
import type { Settings } from '../../contract/settings.ts';
import type { GoneReason, NotificationSpec } from '../ports.ts';
import type { Alarm } from '../strangers/strangers.ts';
import type { Activations } from './activation.ts';
import {
  alarmDraft,
  alarmId,
  contentOf,
  digestDraft,
  digestId,
  discreet,
  groupDraft,
  groupId,
  requestDraft,
  toSpec,
  type Draft,
  type DraftOptions,
} from './draft.ts';
import { QuietHold, type Digest } from './quiet-hold.ts';
import { noticeKindOf } from './quiet-hours.ts';

export interface PlanInput extends DraftOptions {
  readonly settings: DraftOptions['settings'] & Settings['notifications'];
  /** Visible requests; only pending ones are announced. */
  readonly requests: readonly RequestView[];
  /** All open requests, also those not visible. */
  readonly openCount: number;
  /** The connection is ready: answers are possible. */
  readonly ready: boolean;
  /** Quiet hours hold: only what the owner let through pops up. */
  readonly quiet: boolean;
  /** Something one notification stands for; null: nothing unusual. */
  readonly alarm: Alarm | null;
  /** The owner heard of its sender within a day. */
  readonly isBackedOff: (request: RequestView) => boolean;
}

export type SuppressReason =
  | 'turned-off'
  | 'not-available'
  | 'not-connected'
  | 'dismissed'
  | 'backed-off'
  | 'quiet-hours'
  | 'already-shown'
  | 'in-alarm'
  | 'in-digest'
  | 'grouped';

export interface NotificationPlan {
  readonly close: readonly string[];
  readonly show: readonly NotificationSpec[];
  /** Why a pending request gets no notification of its own now; for the log. */
  readonly suppressed: readonly { readonly key: string; readonly reason: SuppressReason }[];
}

/** `own`: a notification of its own, or the one for all. */
type Place = Exclude<SuppressReason, 'not-available' | 'not-connected' | 'already-shown' | 'grouped'> | 'own';

const maxSingle = 3;

interface Shown {
  /** Everything visible or meant; equal = no need to show again. */
  readonly content: string;
  readonly episode: string | null;
  readonly members: readonly RequestView[];
}

export class NotificationPlanner {
  readonly #activations: Activations;
  readonly #shown = new Map<string, Shown>();
  /** Request key → revision the owner has waved away. */
  readonly #dismissed = new Map<string, number>();
  readonly #hold = new QuietHold();
  #grouped = false;
  /** The alarm the owner has waved away. */
  #silenced: string | null = null;

  constructor(activations: Activations) {
    this.#activations = activations;
  }

  plan(input: PlanInput): NotificationPlan {
    const pending = input.requests.filter((request) => request.status === 'pending');
    this.#forgetAnswered(pending);
    this.#hold.follow(input.requests);
    const off = offReason(input);
    if (off !== null)
      return { close: this.#closeAllBut(new Set()), show: [], suppressed: reasons(pending, off) };
    if (!input.ready) return this.#planWhileNotReady(pending);

    const places = this.#places(pending, input);
    const at = (place: Place): readonly RequestView[] =>
      pending.filter((request) => places.get(request) === place);
    for (const request of at('quiet-hours')) this.#hold.hold(request);
    const invisible = input.openCount - input.requests.filter(isOpen).length;
    const rest = at('own');
    const digest = input.quiet ? null : this.#hold.digest(this.#untold(input.alarm));
    const drafts = [
      ...this.#alarmDrafts(at('in-alarm'), digest, input),
      ...(digest === null ? [] : [digestDraft(digest, at('in-digest'))]),
      ...this.#drafts(rest, rest.length === 0 ? 0 : invisible, input),
    ].map((draft) => (input.settings.privacy === 'nothing' ? discreet(draft) : draft));
    const close = this.#closeAllBut(new Set(drafts.map((draft) => draft.id)));
    const changed = drafts.filter((draft) => this.#shown.get(draft.id)?.content !== contentOf(draft));
    const suppressed = this.#suppressed(places, changed);
    for (const draft of drafts) this.#remember(draft);
    return { close, show: changed.map((draft) => this.#spec(draft)), suppressed };
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
    const shown = this.#shown.get(id);
    if (shown === undefined) return;
    for (const { key, revision } of shown.members) this.#dismissed.set(key, revision);
    if (id === alarmId) this.#silenced = shown.episode;
    if (id === digestId) this.#digestSeen();
    this.#forget(id);
  }

  /** What the gateway before held back is not over: it is just not seen from here. */
  gatewayChosen(): void {
    this.#hold.forget();
  }

  /** Keys of the requests it stands for. */
  membersOf(id: string): readonly string[] {
    return (this.#shown.get(id)?.members ?? []).map(({ key }) => key);
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
    const kept = [...this.#shown].filter(
      ([id, { members }]) =>
        id === alarmId || id === digestId || members.some((member) => keys.has(member.key)),
    );
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

  /** An alarm stays one notification, whoever joins; once waved away, it stays away. */
  #alarmDrafts(
    members: readonly RequestView[],
    digest: Digest | null,
    { alarm, quiet, settings }: PlanInput,
  ): readonly Draft[] {
    if (alarm === null || alarm.episode === this.#silenced) return [];
    if (quiet && !settings.quietHours.letThrough.chat && !this.shows(alarmId)) return [];
    if (alarm.members.size > 0) return members.length === 0 ? [] : [alarmDraft(alarm, members)];
    return digest?.alarm?.episode === alarm.episode ? [] : [alarmDraft(alarm, members)];
  }

  #untold(alarm: Alarm | null): Alarm | null {
    return alarm === null || alarm.episode === this.#silenced || this.shows(alarmId) ? null : alarm;
  }

  /** What it told of is told. Whoever joins a burst afterwards is in no digest: the alarm stands for them. */
  #digestSeen(): void {
    const alarm = this.#hold.seen();
    if (alarm?.kind === 'queue-full') this.#silenced = alarm.episode;
  }

  #spec(draft: Draft): NotificationSpec {
    return this.#activations.render(draft.id, (issue) => toSpec(draft, issue));
  }

  #remember(draft: Draft): void {
    const { id, members, episode = null } = draft;
    this.#shown.set(id, { content: contentOf(draft), members, episode });
  }

  /** Where each pending request is told of. */
  #places(pending: readonly RequestView[], input: PlanInput): ReadonlyMap<RequestView, Place> {
    const onScreen = new Set([...this.#shown.values()].flatMap(({ members }) => members.map(stateOf)));
    return new Map(pending.map((request) => [request, this.#placeOf(request, input, onScreen)]));
  }

  #placeOf(request: RequestView, input: PlanInput, onScreen: ReadonlySet<string>): Place {
    const { settings, quiet, alarm, isBackedOff } = input;
    const kind = noticeKindOf(request.kind);
    if (!settings.kinds[kind]) return 'turned-off';
    if (this.#dismissed.get(request.key) === request.revision) return 'dismissed';
    if (isBackedOff(request)) return 'backed-off';
    // What is on screen when it gets quiet stays there.
    if (quiet && !settings.quietHours.letThrough[kind] && !onScreen.has(stateOf(request)))
      return 'quiet-hours';
    // Of what was held back one notification tells, whatever it was.
    if (this.#hold.holds(request.key)) return 'in-digest';
    return alarm?.members.has(request.key) === true ? 'in-alarm' : 'own';
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
    places: ReadonlyMap<RequestView, Place>,
    changed: readonly Draft[],
  ): NotificationPlan['suppressed'] {
    const announced = new Set(changed.flatMap(({ id, members }) => (id === groupId ? [] : members)));
    return [...places].flatMap(([request, place]) => {
      if (place !== 'own') return reasons([request], place);
      if (announced.has(request)) return [];
      return reasons([request], this.#grouped ? 'grouped' : 'already-shown');
    });
  }
}

/** Equal while a notification of it would say the same. */
function stateOf({ key, revision, note }: RequestView): string {
  return JSON.stringify([key, revision, note]);
}

function offReason({ settings, capabilities }: PlanInput): SuppressReason | null {
  if (!settings.enabled) return 'turned-off';
  return capabilities.shows ? null : 'not-available';
}

function reasons(requests: readonly RequestView[], reason: SuppressReason): NotificationPlan['suppressed'] {
  return requests.map(({ key }) => ({ key, reason }));
}
