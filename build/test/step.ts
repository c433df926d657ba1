/** One step of a run: what it starts and what it leaves. Plain data. */
import type { Laned } from './lanes.ts';

export interface Step extends Laned {
  readonly title: string;
  /** Arguments for the pinned Node, one command after the other until one fails. */
  readonly commands: readonly (readonly string[])[];
  readonly env?: Readonly<Record<string, string>>;
  /** JSON report it leaves, for steps that run tests. */
  readonly report?: string;
  /** Runs inside a throw-away desktop: display, bus, keyring, notification daemon, tray. */
  readonly inDesktop?: boolean;
  /** It may find no test and still have passed. */
  readonly mayBeEmpty?: boolean;
  /** The same for some files only, leaving traces of what fails. */
  readonly again?: (files: readonly string[]) => TracedStep;
  /** What it takes on two quiet cores beside another step, for a first run that remembers nothing. */
  readonly guessSeconds: number;
  readonly deadlineMs: number;
}

export interface TracedStep extends Step {
  /** Folder for `trace.zip` files. */
  readonly traces: string;
}
