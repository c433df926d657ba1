/** A screen on a section of its own: what the app says there. Shown by the specs and by the gallery alike. */
import type { CommandName, CommandOutput } from '../../electron/contract/api.ts';
import type { Result } from '../../electron/contract/result.ts';
import type { AppSnapshot } from '../../electron/contract/snapshot.ts';

export interface PageScreen {
  readonly snapshot: AppSnapshot;
  /** As the strip of sections names it. */
  readonly section: 'Rules' | 'Guard' | 'People' | 'Channels' | 'Settings';
  readonly answers: { readonly [K in CommandName]?: Result<CommandOutput<K>> };
}

export type PageScreens = Readonly<Record<string, () => PageScreen>>;
