/**
 * Finds out whether a caller on the bus is the tray, so that a forged menu click from another program approves
 * nothing. There is no authority to ask, so this is the strictest rule the desktops allow:
 *
 * - Xfce, GNOME, Cinnamon, LXQt, MATE, Budgie, Waybar: one process watches, draws the menu and sends the clicks. The
 *   caller has to be the owner of the watcher's name, or another connection of that process.
 * - KDE: the watcher sits in kded, the menu in plasmashell. The caller has to own the host name of its own process,
 *   and that process has to be plasmashell as the system installed it.
 *
 * The bus tells names and process ids; neither can be forged. What remains: a program that becomes the desktop's
 * tray, because there is none or because it was allowed to replace it, is the tray.
 */
import { readlink, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import type { BusService } from '../dbus/bus-service.ts';
import { theBus, type SessionBus } from '../dbus/session-bus.ts';

/** Trays that draw the menu in another process than the one that watches for items. */
const SEPARATE_HOSTS: readonly string[] = ['plasmashell'];

const processReply = z.tuple([z.int().positive()]);
const ownerReply = z.tuple([z.string()]);

/** Path of the program a process runs and the user id that owns the file; null when it cannot be told. */
export type ProgramOf = (
  processId: number,
) => Promise<{ readonly path: string; readonly owner: number } | null>;

export class TrayHost {
  readonly #bus: SessionBus;
  readonly #watcher: BusService;
  readonly #programOf: ProgramOf;

  constructor(bus: SessionBus, watcher: BusService, programOf: ProgramOf = programOnLinux) {
    this.#bus = bus;
    this.#watcher = watcher;
    this.#programOf = programOf;
  }

  /** @param caller unique bus name */
  async isTray(caller: string): Promise<boolean> {
    const watcher = this.#watcher.owner;
    if (watcher === null) return false;
    if (caller === watcher) return true;
    const [process, watcherProcess] = await Promise.all([this.#processOf(caller), this.#processOf(watcher)]);
    if (process === null) return false;
    return process === watcherProcess || this.#isSeparateHost(caller, process);
  }

  async #isSeparateHost(caller: string, process: number): Promise<boolean> {
    const hostName = `org.kde.StatusNotifierHost-${process}`;
    const reply = await this.#bus.call({
      ...theBus,
      member: 'GetNameOwner',
      signature: 's',
      body: [hostName],
    });
    if (!reply.ok || ownerReply.parse(reply.value)[0] !== caller) return false;
    const program = await this.#programOf(process);
    const installedBySystem = program?.owner === 0;
    return installedBySystem && SEPARATE_HOSTS.includes(basename(program.path));
  }

  async #processOf(name: string): Promise<number | null> {
    const call = { ...theBus, member: 'GetConnectionUnixProcessID', signature: 's', body: [name] };
    const reply = await this.#bus.call(call);
    return reply.ok ? processReply.parse(reply.value)[0] : null;
  }
}

const programOnLinux: ProgramOf = async (processId) => {
  try {
    const path = await readlink(`/proc/${processId}/exe`);
    return { path, owner: (await stat(path)).uid };
  } catch (error: unknown) {
    // The process has ended, or is not ours to look at.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
};
