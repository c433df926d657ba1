/**
 * Which host each flow runs on. Both hosts are the same app around the same window, so by default a flow runs on one of
 * them, and a core tagged `@both` on both: what a host wires by itself, which is its window, tray, notifications, files
 * and connection. In the full tier every flow runs on both.
 */
import type { HostKind } from './fixtures/running-app.ts';
import { isFullTier } from './tier.ts';

/**
 * At home on the desktop host. Every other flow is at home on the browser host, so that a new one is never left out.
 * Shared out by cost, so that both hosts, run side by side, take about as long.
 */
export const desktopFlows: readonly string[] = ['channels', 'people', 'settings', 'setup-code', 'silence'];

export const onBothHosts = '@both';

/** What Playwright runs on this host, by the names of files and the tags of tests. */
export function testsOn(host: HostKind, full = isFullTier): RegExp[] {
  if (full) return [/./];
  const desktop = String.raw`\b(flows/(${desktopFlows.join('|')})\.spec|desktop-host/)`;
  return [new RegExp(host === 'desktop' ? desktop : `^(?!.*${desktop})`), new RegExp(onBothHosts)];
}
