/**
 * The tray as data: what the icon says and every request with its answers, drawn anew from each snapshot. Labels are
 * safe and bounded; adapters still neutralise their menu's own mnemonics (`_` on Linux, `&` on Windows).
 */
import { pauseTexts } from '../../contract/guard/send-texts.ts';
import { isOpen, type RequestView } from '../../contract/request.ts';
import type { AppSnapshot } from '../../contract/snapshot.ts';
import {
  appName,
  buttonTexts,
  explainConnection,
  limitedText,
  statusTexts,
  trayTexts,
} from '../../contract/strings.ts';
import type { Activations, IssueToken } from '../notify/activation.ts';
import type { LocalCalendar, TrayEntry, TrayIcon, TrayModel } from '../ports.ts';
import { approveLabel, describeRequest, isOneClick } from '../requests/describe.ts';
import { silenceMenus } from './silence-menu.ts';
import { shorten } from '../requests/display-text.ts';

const surface = 'tray';
/** More requests do not make a usable menu; the rest is in the window. */
const maxRequests = 10;
const maxLabel = 90;
const separatorText = ' · ';
const separator: TrayEntry = { type: 'separator' };

type MenuSnapshot = Pick<
  AppSnapshot,
  'now' | 'connection' | 'requests' | 'openCount' | 'guard' | 'silence' | 'settings'
>;

/** @param calendar writes times as the owner reads them */
export function trayModel(
  snapshot: MenuSnapshot,
  activations: Activations,
  calendar: Pick<LocalCalendar, 'dayAndTime'>,
): TrayModel {
  const status = statusLine(snapshot);
  return {
    icon: iconOf(snapshot),
    count: snapshot.openCount,
    tooltip: `${appName}: ${status}`,
    entries: activations.render(surface, (issue) => menu(snapshot, status, calendar, issue)),
  };
}

function isReady({ connection }: MenuSnapshot): boolean {
  return connection.state === 'ready';
}

function iconOf(snapshot: MenuSnapshot): TrayIcon {
  if (!isReady(snapshot)) return 'disconnected';
  return snapshot.openCount > 0 ? 'attention' : 'connected';
}

function statusLine(snapshot: MenuSnapshot): string {
  const { connection } = snapshot;
  if (connection.state !== 'ready') return explainConnection(connection).title;
  return [guardLine(snapshot), queueLine(snapshot.openCount, connection.limited)]
    .filter((line) => line !== null)
    .join(separatorText);
}

function queueLine(openCount: number, limited: boolean): string {
  if (openCount > 0) return trayTexts.waiting(openCount);
  return limited ? limitedText.title : trayTexts.nobody;
}

/** What the owner must know about everything that wants out; null: the rules decide as usual. */
function guardLine({ guard }: MenuSnapshot): string | null {
  if (guard.missing.length > 0) return pauseTexts.missing;
  if (guard.paused) return pauseTexts.paused;
  return guard.policy.status === 'unreadable' ? pauseTexts.rulesUnreadable : null;
}

/** Nothing to pause where no guard is. */
function pauseMenu(snapshot: MenuSnapshot, issue: IssueToken): readonly TrayEntry[] {
  const { plugin, policy, paused } = snapshot.guard;
  if (plugin.state !== 'present' && policy.status !== 'ready') return [];
  const label = paused ? pauseTexts.resume : pauseTexts.pause;
  const token = issue({ type: 'pause', paused: !paused });
  return [{ type: 'action', label, enabled: isReady(snapshot), token }, separator];
}

function menu(
  snapshot: MenuSnapshot,
  status: string,
  calendar: Pick<LocalCalendar, 'dayAndTime'>,
  issue: IssueToken,
): readonly TrayEntry[] {
  const open = snapshot.requests.filter(isOpen);
  const shown = open.slice(0, maxRequests);
  const hidden = snapshot.openCount - shown.length;
  const requests: TrayEntry[] = shown.map((request) => ({
    type: 'submenu',
    label: bounded(describeRequest(request, snapshot.settings).title),
    entries: requestMenu(request, snapshot, issue),
  }));
  if (hidden > 0) requests.push({ type: 'label', label: trayTexts.more(hidden) });
  return [
    { type: 'label', label: bounded(status) },
    ...(!isReady(snapshot) && requests.length > 0 ? [label(trayTexts.notLive)] : []),
    ...(requests.length > 0 ? [separator, ...requests] : []),
    separator,
    ...silenceMenus(
      snapshot,
      { bounded, when: (at) => calendar.dayAndTime(at, snapshot.settings.dateLocale) },
      issue,
    ),
    ...pauseMenu(snapshot, issue),
    { type: 'action', label: buttonTexts.openApp, enabled: true, token: issue({ type: 'come-back' }) },
    { type: 'action', label: buttonTexts.quit, enabled: true, token: issue({ type: 'quit' }) },
  ];
}

function requestMenu(request: RequestView, snapshot: MenuSnapshot, issue: IssueToken): readonly TrayEntry[] {
  const { key, revision, status, note } = request;
  const description = describeRequest(request, snapshot.settings);
  // A cut line hides facts: then, as in notifications, approving needs the window.
  const oneClick =
    isOneClick(request, description) && description.facts.every((fact) => bounded(fact) === fact);
  const answerable = isReady(snapshot) && status === 'pending';
  const open = issue({ type: 'open', key });
  const notes = [...(status === 'pending' ? [] : [statusTexts[status]]), ...(note === null ? [] : [note])];
  return [
    ...[...notes, ...description.facts].map(label),
    separator,
    {
      type: 'action',
      label: buttonTexts.deny,
      enabled: answerable,
      token: issue({ type: 'deny', key, revision }),
    },
    oneClick
      ? {
          type: 'action',
          label: approveLabel(request.kind),
          enabled: answerable && snapshot.now >= request.armedAt,
          token: issue({ type: 'approve', key, revision }),
        }
      : { type: 'action', label: buttonTexts.review, enabled: true, token: open },
    { type: 'action', label: buttonTexts.open, enabled: true, token: open },
  ];
}

function label(text: string): TrayEntry {
  return { type: 'label', label: bounded(text) };
}

function bounded(text: string): string {
  return shorten(text, maxLabel);
}
