/**
 * Tray over the session bus: an item with a menu, registered with whatever tray the desktop has, again when that
 * restarts, and as soon as one appears.
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Listeners, type Stop } from '../../../contract/listeners.ts';
import type { Logger, Tray, TrayModel } from '../../../core/ports.ts';
import { BusService } from '../dbus/bus-service.ts';
import { PATIENT_DEADLINE_MS, type SessionBus } from '../dbus/session-bus.ts';
import { DbusMenu } from './dbusmenu.ts';
import { StatusNotifierItem } from './status-notifier-item.ts';
import { TrayHost } from './tray-host.ts';
import type { TrayPixmaps } from './tray-pixmaps.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const WATCHER_PATH = '/StatusNotifierWatcher';
const HOST_CHANGES: readonly string[] = ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'];

const hostProperty = z.tuple([z.boolean()]);

export class DbusTray implements Tray {
  readonly #log: Logger;
  readonly #watcher: BusService;
  readonly #item: StatusNotifierItem;
  readonly #menu: DbusMenu;
  readonly #busName: string;
  readonly #stops: readonly Stop[];
  readonly #chosenListeners = new Listeners<[token: string]>();
  readonly onChosen = this.#chosenListeners.add;
  readonly #clickedListeners = new Listeners();
  readonly onClicked = this.#clickedListeners.add;
  #rendered: TrayModel | null = null;
  #available = false;

  /** @param title the name of the item; also its id, in lower case */
  constructor(bus: SessionBus, pixmaps: TrayPixmaps, title: string, log: Logger) {
    this.#log = log;
    this.#busName = `org.kde.StatusNotifierItem-${process.pid}-1`;
    this.#watcher = new BusService(bus, WATCHER);
    const host = new TrayHost(bus, this.#watcher);
    this.#item = new StatusNotifierItem(bus, pixmaps, title, () => this.#clickedListeners.emit());
    this.#menu = new DbusMenu(bus, (caller) => host.isTray(caller), {
      chosen: (token) => this.#chosenListeners.emit(token),
      misplaced: () => {
        log.log('warn', 'tray.misplaced-click');
        this.#clickedListeners.emit();
      },
    });
    this.#stops = [
      bus.own(this.#busName),
      this.#watcher.onOwner((owner) => {
        if (owner === null) this.#available = false;
        else void this.#register();
      }),
      this.#watcher.onSignal(WATCHER_PATH, WATCHER, ({ member }) => {
        if (HOST_CHANGES.includes(member)) void this.#lookForHost();
      }),
    ];
  }

  get available(): boolean {
    return this.#available;
  }

  render(model: TrayModel): void {
    const before = this.#rendered;
    this.#rendered = model;
    this.#item.render(model);
    // An unchanged menu keeps its numbers, and stays open under the pointer.
    if (!isDeepStrictEqual(before?.entries, model.entries)) this.#menu.render(model.entries);
  }

  /** Giving the name back is what takes the item off the tray. */
  dispose(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#item.dispose();
    this.#menu.dispose();
    this.#watcher.dispose();
    this.#chosenListeners.clear();
    this.#clickedListeners.clear();
    this.#available = false;
    return Promise.resolve();
  }

  async #register(): Promise<void> {
    const call = ['RegisterStatusNotifierItem', 's', [this.#busName], PATIENT_DEADLINE_MS] as const;
    const reply = await this.#watcher.call(WATCHER_PATH, WATCHER, ...call);
    if (!reply.ok) {
      this.#log.log('warn', 'tray.not-registered', { ...reply.error });
      return;
    }
    await this.#lookForHost();
  }

  /** A watcher without a host keeps a list that nobody draws. */
  async #lookForHost(): Promise<void> {
    const property = ['Get', 'ss', [WATCHER, 'IsStatusNotifierHostRegistered']] as const;
    const reply = await this.#watcher.call(WATCHER_PATH, 'org.freedesktop.DBus.Properties', ...property);
    const answer = reply.ok ? hostProperty.safeParse(reply.value) : null;
    this.#available = answer?.success === true && answer.data[0];
    this.#log.log('info', 'tray.looked-for-host', { available: this.#available });
  }
}
