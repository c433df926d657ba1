/**
 * What the core needs to change the config file of a gateway on this machine: read, preview, edit, take back. Same
 * rules as `ports.ts`. Only the file is written; the gateway's own watcher applies it
 * (docs/GATEWAY-PROTOCOL.md#config).
 */
import type { ConfigSplice, ConfigUndo, ConfigValueChange } from '../contract/gateway-config/config-undo.ts';
import type { ConfigChange, Json } from '../contract/gateway-config/json.ts';
import type { ConfigChangeView } from '../contract/guard/guard-view.ts';
import type { Result } from '../contract/result.ts';

export type { ConfigChange, ConfigSplice, ConfigUndo, ConfigValueChange, Json };

/** A place where the file takes its contents from another one. */
export interface ConfigInclude {
  /** The object that is filled from elsewhere; empty: the whole config. */
  readonly path: readonly string[];
  readonly files: readonly string[];
  /** In the config file, from 1; null where it could not be found. */
  readonly line: number | null;
}

export interface GatewayConfigContent {
  /** As OpenClaw names it; may be a symbolic link, whose target is edited. */
  readonly path: string;
  /** Names exactly this version: lower-case hex SHA-256 of the file's bytes, or what the gateway calls it. */
  readonly hash: string;
  /** As written: `${NAME}` is not filled in and `$include` is not followed. */
  readonly value: Json;
  readonly includes: readonly ConfigInclude[];
  /** False: written in a dialect that cannot be edited without losing how it is written. */
  readonly editable:
    { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly line: number };
}

export interface ConfigPreview {
  /** The file this was made from; hand it to `edit`. */
  readonly hash: string;
  /** Only what really changes, for the owner. Values of other settings never appear here. */
  readonly changes: readonly ConfigChangeView[];
  readonly undo: ConfigUndo;
}

export interface GatewayConfigFile {
  /** Fails with `config-not-editable` when there is no file, or nobody could read it. */
  read(): Promise<Result<GatewayConfigContent>>;
  /**
   * What `edit` would do; writes nothing. `config-not-editable` (with what to change by hand, and where) when the file
   * is written in a dialect we do not edit or the path lies in an included file.
   */
  preview(changes: readonly ConfigChange[]): Promise<Result<ConfigPreview>>;
  /** `config-changed`, and the file untouched, when it is no longer `expectedHash`. */
  edit(edit: {
    readonly expectedHash: string;
    readonly changes: readonly ConfigChange[];
  }): Promise<Result<ConfigUndo>>;
  /**
   * Byte for byte what was there before the edit; `config-changed` when anybody wrote to the file since.
   * @returns how to take the restoring back
   */
  restore(undo: ConfigUndo): Promise<Result<ConfigUndo>>;
  /**
   * The changes that take an edit back although the file has been changed elsewhere since: only what the edit added
   * or replaced, never what somebody else wrote. For `preview` and `edit`.
   */
  inverse(undo: ConfigUndo): Promise<Result<readonly ConfigChange[]>>;
}

/** One JSON document of our own, beside the settings, readable by the owner only. */
export interface ConfigRecordFile {
  /**
   * @param isUsable says no to a document that cannot be used: it is kept aside then, never overwritten
   * @returns the document, null when there is none or it could not be used, and where a damaged one was put
   */
  read(isUsable: (value: unknown) => boolean): Promise<{
    readonly value: unknown;
    readonly keptAside: string | null;
  }>;
  write(value: unknown): Promise<Result<null>>;
}
