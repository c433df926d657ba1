/** What an action reads, whichever way it was asked for: keys of JSON-RPC parameters or options of a command line. */

/** Where something goes, as written. An empty text counts as not given. */
export interface Selection {
  readonly to: string | null;
  readonly chatId: number | null;
  readonly identifier: string | null;
  readonly guid: string | null;
}

export interface Part {
  readonly text: string;
}

/** Keys are synonyms for `rpc`, in the order of their rank; the option is the command line's only name for it. */
export interface Input {
  readonly via: 'rpc' | 'cli';
  text(keys: readonly string[], option?: string): string | null;
  whole(keys: readonly string[], option?: string): number | null;
  flag(keys: readonly string[], option?: string): boolean | null;
  list(keys: readonly string[], option?: string): readonly string[] | null;
  /** The texts of a message in parts; null when none were given. */
  parts(): readonly Part[] | null;
  /** Known, but of no consequence here. */
  ignore(keys: readonly string[]): void;
  /** A person or a chat. */
  selection(): Selection;
  /** A chat only: `--chat` on the command line. */
  chat(): Selection;
  /** Newer versions refuse what nobody read. Called before anything is done. */
  done(): void;
}

export const nothingSelected: Selection = { to: null, chatId: null, identifier: null, guid: null };
