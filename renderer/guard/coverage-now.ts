/** What of the coverage table holds for the set-up there is now, and what therefore is not seen. */
import type { CoverageCell, CoverageRow } from '../../electron/contract/guard/coverage.ts';
import type { GuardView } from '../../electron/contract/guard/guard-view.ts';

/** `mixed`: on for some iMessage accounts only; what is said then is true for the weakest of them. */
export interface LayersNow {
  /** `older`: it asks, but may know nothing of the openclaw command. */
  readonly plugin: 'on' | 'older' | 'off' | 'unknown';
  readonly strict: 'on' | 'off' | 'mixed' | 'unknown';
}

export type CoverageNow = CoverageCell | 'unknown';

export interface CoverageRowNow extends CoverageRow {
  readonly now: CoverageNow;
}

export function layersNow(guard: GuardView): LayersNow {
  const states = guard.accounts.map(({ strict }) => strict).filter((strict) => strict !== 'not-offered');
  const on = states.filter((strict) => strict === 'on' || strict === 'outdated');
  return {
    plugin: pluginNow(guard.plugin),
    strict: states.includes('unknown')
      ? 'unknown'
      : on.length === 0
        ? guard.plugin.state === 'unknown' && states.length === 0
          ? 'unknown'
          : 'off'
        : on.length === states.length
          ? 'on'
          : 'mixed',
  };
}

function pluginNow(plugin: GuardView['plugin']): LayersNow['plugin'] {
  switch (plugin.state) {
    case 'present':
      return plugin.match === 'older' ? 'older' : 'on';
    case 'absent':
      return 'off';
    case 'unknown':
      return 'unknown';
  }
}

export function coverageNow(rows: readonly CoverageRow[], layers: LayersNow): readonly CoverageRowNow[] {
  return rows.map((row) => ({ ...row, now: cellNow(row, layers) }));
}

/** A layer that may be missing is never counted on. */
function cellNow(row: CoverageRow, layers: LayersNow): CoverageNow {
  const seen = (cell: CoverageCell): boolean => cell === 'stopped' || cell === 'asked';
  const asksOnly = layers.plugin === 'older';
  const plugin = asksOnly && row.plugin === 'stopped' ? 'not-seen' : row.plugin;
  const inGateway = asksOnly || layers.plugin === 'on';
  if (inGateway && seen(plugin)) return plugin;
  if (layers.strict === 'on' && seen(row.transport)) return row.transport;
  if (layers.plugin === 'unknown' && seen(row.plugin)) return 'unknown';
  if (layers.strict === 'unknown' && seen(row.transport)) return 'unknown';
  const inPlace = [...(inGateway ? [plugin] : []), ...(layers.strict === 'on' ? [row.transport] : [])];
  return inPlace.includes('unverified') ? 'unverified' : 'not-seen';
}
