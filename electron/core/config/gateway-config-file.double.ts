/** Stands for the config file of a gateway on this machine: values without text, hashes that count up. */
import type { ConfigUndo, ConfigValueChange } from '../../contract/gateway-config/config-undo.ts';
import {
  sameJson,
  valueAt,
  withChange,
  type ConfigChange,
  type Json,
} from '../../contract/gateway-config/json.ts';
import { appError, fail, ok, type Result } from '../../contract/result.ts';
import type {
  ConfigInclude,
  ConfigPreview,
  ConfigRecordFile,
  GatewayConfigContent,
  GatewayConfigFile,
} from '../config-ports.ts';

export const configPath = '/home/owner/.openclaw/openclaw.json';

export class GatewayConfigFileDouble implements GatewayConfigFile {
  value: Json;
  includes: readonly ConfigInclude[] = [];
  /** What every write waits for. */
  gate: Promise<unknown> = Promise.resolve();
  onWrite: () => void = () => undefined;
  /** Values the file had, one for each write of ours, oldest first. */
  readonly writes: Json[] = [];

  constructor(value: Json) {
    this.value = value;
  }

  get hash(): string {
    return hashOf(this.value);
  }

  read(): Promise<Result<GatewayConfigContent>> {
    const { value, hash, includes } = this;
    return Promise.resolve(ok({ path: configPath, hash, value, includes, editable: { ok: true } }));
  }

  preview(changes: readonly ConfigChange[]): Promise<Result<ConfigPreview>> {
    const { undo } = this.#edited(changes);
    const shown = (value: Json | undefined): string | null =>
      value === undefined ? null : JSON.stringify(value);
    const views = undo.changes.map(({ path, before, after }) => ({
      path: path.join('.'),
      before: shown(before),
      after: shown(after),
    }));
    return Promise.resolve(ok({ hash: this.hash, changes: views, undo }));
  }

  async edit({
    expectedHash,
    changes,
  }: {
    readonly expectedHash: string;
    readonly changes: readonly ConfigChange[];
  }): Promise<Result<ConfigUndo>> {
    await this.gate;
    if (this.hash !== expectedHash) return fail(appError('config-changed', 'changed', true));
    const { value, undo } = this.#edited(changes);
    this.#write(value);
    return ok(undo);
  }

  async restore(undo: ConfigUndo): Promise<Result<ConfigUndo>> {
    const changes = undo.changes.toReversed().map(({ path, before }) => ({ path, value: before }));
    return this.edit({ expectedHash: undo.hash, changes });
  }

  inverse(undo: ConfigUndo): Promise<Result<readonly ConfigChange[]>> {
    const changes = undo.changes.toReversed().map(({ path, before }) => ({ path, value: before }));
    return Promise.resolve(ok(changes));
  }

  /** Somebody else edits the file. */
  set(path: string, value: Json | undefined): void {
    this.value = withChange(this.value, { path: path.split('.'), value }) ?? this.value;
    this.onWrite();
  }

  #write(value: Json): void {
    this.value = value;
    this.writes.push(value);
    this.onWrite();
  }

  #edited(changes: readonly ConfigChange[]): { readonly value: Json; readonly undo: ConfigUndo } {
    let value = this.value;
    const made: ConfigValueChange[] = [];
    for (const change of changes) {
      const before = valueAt(value, change.path);
      if (sameJson(before, change.value)) continue;
      made.push({
        path: change.path,
        ...(before === undefined ? {} : { before }),
        ...(change.value === undefined ? {} : { after: change.value }),
      });
      value = withChange(value, change) ?? value;
    }
    return { value, undo: { hash: hashOf(value), splices: [], changes: made, created: [] } };
  }
}

/** 64 hex digits, as a real one has. */
function hashOf(value: Json): string {
  let hash = 0n;
  for (const char of JSON.stringify(value))
    hash = (hash * 1_000_003n + BigInt(char.codePointAt(0) ?? 0)) % 16n ** 64n;
  return hash.toString(16).padStart(64, '0');
}

export class ConfigRecordFileDouble implements ConfigRecordFile {
  value: unknown = null;
  writes = 0;

  read(isUsable: (value: unknown) => boolean): ReturnType<ConfigRecordFile['read']> {
    if (this.value === null || isUsable(this.value))
      return Promise.resolve({ value: this.value, keptAside: null });
    return Promise.resolve({ value: null, keptAside: '/aside' });
  }

  write(value: unknown): Promise<Result<null>> {
    // As it would come back from a disk.
    this.value = JSON.parse(JSON.stringify(value));
    this.writes += 1;
    return Promise.resolve(ok(null));
  }
}
