/** Where it is kept who asked before. Same rules as `core/ports.ts`. */
import type { AskState } from './ask-state.ts';

export interface AskHistoryFile {
  /** A damaged file is kept aside, and nothing is remembered then. */
  read(): AskState;
  /** What cannot be written is tried again with the next change; the adapter logs it. */
  write(state: AskState): void;
}
