/** The Mac one call of the scripted imsg runs on: settings, databases, the helper inside Messages, the log. */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Database } from './database.ts';
import type { Chat } from './database.ts';
import { DeliveryLog } from './delivery-log.ts';
import { errorCode, ImsgError } from './imsg-error.ts';
import { isStrict, readSettings } from './settings.ts';
import type { Settings } from './settings.ts';

export interface Surroundings {
  /** Inbox, log, settings and Messages' own database. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
}

export class World {
  readonly surroundings: Surroundings;
  readonly settings: Settings;
  readonly strict: boolean;
  readonly log: DeliveryLog;
  /** What Messages itself knows, whatever database imsg was told to read. */
  readonly messages: Database;
  /** Where imsg looks up rows. */
  readonly database: Database;
  readonly #databaseNamed: boolean;
  readonly #remembered: Map<number, Chat> | null;
  #blocked = false;

  /** @param lives a server; before 0.14 it remembers chats as long as it runs */
  constructor(surroundings: Surroundings, database: string | null, lives: boolean) {
    const { folder, env, workingFolder } = surroundings;
    this.surroundings = surroundings;
    this.settings = readSettings(folder);
    this.strict = isStrict(this.settings);
    this.log = new DeliveryLog(folder);
    this.messages = new Database(join(folder, 'chat.db'));
    const path = database === null ? databaseOfHome(env) : resolve(workingFolder, database);
    this.database = path === null ? this.messages : new Database(path);
    this.#databaseNamed = path !== null;
    this.#remembered = lives && !this.strict ? new Map() : null;
  }

  /** @throws ImsgError when the database cannot be read. Messages' own is empty until something happens. */
  refresh(): void {
    this.messages.refresh();
    if (this.#databaseNamed && !this.database.refresh())
      throw new ImsgError(`unable to open database ${this.database.path}`, errorCode.databaseUnavailable);
  }

  /** @throws ImsgError for a row that is not there */
  chatOfRow(id: number): Chat {
    this.refresh();
    const chat = this.#remembered?.get(id) ?? this.database.chat(id);
    if (chat === null) throw new ImsgError(`Chat not found: ${id}`);
    this.#remembered?.set(id, chat);
    return chat;
  }

  get bridgeReady(): boolean {
    return this.settings.bridge !== 'off' || existsSync(this.#readyFile);
  }

  /**
   * Before 0.14, and on the command line always, whatever needs the helper starts Messages with it.
   * @throws ImsgError where imsg no longer does
   */
  needBridge(via: 'rpc' | 'cli'): void {
    if (this.bridgeReady) return;
    if (this.strict && via === 'rpc')
      throw new ImsgError('imsg bridge not ready', errorCode.bridgeUnavailable, 'not_started');
    this.launch(null);
  }

  /** @param library whatever it is, its code runs inside Messages */
  launch(library: string | null): void {
    this.log.delivered({ kind: 'launch', recipients: [], ...(library === null ? {} : { text: library }) });
    writeFileSync(this.#readyFile, '');
  }

  /** After something was carried out over the helper, its answer may still fail. */
  bridgeAnswers(): void {
    const { bridge } = this.settings;
    if (bridge !== 'failing' && bridge !== 'stuck') return;
    this.#blocked = bridge === 'stuck' && this.strict;
    if (this.strict)
      throw new ImsgError(
        'Timed out waiting for the bridge',
        errorCode.outcomeUnknown,
        this.#blocked ? 'still_in_flight' : 'may_have_completed',
      );
    throw new ImsgError('Dylib error: Timed out waiting for response');
  }

  /** @throws ImsgError while an earlier message is still on its way */
  mayMutate(): void {
    if (this.#blocked)
      throw new ImsgError('an earlier send is in flight', errorCode.mutationBlocked, 'not_started');
  }

  get #readyFile(): string {
    return join(this.surroundings.folder, 'bridge-ready');
  }
}

/** The home folder decides which database is read; without one of its own there, it is Messages'. */
function databaseOfHome(env: Surroundings['env']): string | null {
  const home = env['CFFIXED_USER_HOME'] ?? env['HOME'];
  const path = home === undefined ? null : join(home, 'Library', 'Messages', 'chat.db');
  return path !== null && existsSync(path) ? path : null;
}
