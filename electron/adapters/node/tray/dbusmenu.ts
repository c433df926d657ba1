/**
 * Serves the tray menu as com.canonical.dbusmenu. Keeps the layout that is shown and the one before it, because a
 * click may still be on its way when the menu changes; a click on anything older, or by anybody but the tray, is
 * `misplaced` and chooses nothing.
 */
import { Variant } from 'dbus-native';
import { z } from 'zod';
import type { Stop, TrayEntry } from '../../../core/ports.ts';
import type { ExportedInterface, ExportedMethod } from '../dbus/bus-types.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import { layoutMenu, type MenuLayout, type MenuNode } from './menu-layout.ts';

export const MENU_PATH = '/MenuBar';

const PROTOCOL_VERSION = 3;
/** Stands for "all levels below". */
const WHOLE_DEPTH = -1;

const layoutCall = z.tuple([z.int(), z.int(), z.array(z.string())]);
const groupPropertiesCall = z.tuple([z.array(z.int()), z.array(z.string())]);
const propertyCall = z.tuple([z.int(), z.string()]);
const event = z.tuple([z.int(), z.string(), z.unknown(), z.number()]);
const eventGroupCall = z.tuple([z.array(event)]);
const aboutToShowGroupCall = z.tuple([z.array(z.int())]);

/** A node as the bus carries it, `(ia{sv}av)`: number, properties, children. */
type WireNode = readonly [number, Readonly<Record<string, Variant>>, readonly Variant[]];

export interface MenuListener {
  /** An entry was chosen in the tray. */
  chosen(token: string): void;
  /** A click that chooses nothing: from an outdated menu, or not from the tray. */
  misplaced(): void;
}

export class DbusMenu {
  readonly #bus: SessionBus;
  readonly #interface: ExportedInterface;
  readonly #isTray: (caller: string) => Promise<boolean>;
  readonly #listener: MenuListener;
  readonly #stopServing: Stop;
  #layout = layoutMenu([], 1);
  #previous: MenuLayout | null = null;
  #revision = 1;

  constructor(bus: SessionBus, isTray: (caller: string) => Promise<boolean>, listener: MenuListener) {
    this.#bus = bus;
    this.#isTray = isTray;
    this.#listener = listener;
    this.#interface = {
      path: MENU_PATH,
      name: 'com.canonical.dbusmenu',
      methods: this.#methods(),
      properties: {
        Version: { signature: 'u', read: () => PROTOCOL_VERSION },
        Status: { signature: 's', read: () => 'normal' },
        TextDirection: { signature: 's', read: () => 'ltr' },
        IconThemePath: { signature: 'as', read: () => [] },
      },
      signals: {
        ItemsPropertiesUpdated: 'a(ia{sv})a(ias)',
        LayoutUpdated: 'ui',
        ItemActivationRequested: 'iu',
      },
    };
    this.#stopServing = bus.serve(this.#interface);
  }

  /** Shows these entries from now on. */
  render(entries: readonly TrayEntry[]): void {
    this.#previous = this.#layout;
    this.#layout = layoutMenu(entries, this.#layout.nextId);
    this.#revision += 1;
    this.#bus.emit(this.#interface, 'LayoutUpdated', [this.#revision, this.#layout.root.id]);
  }

  dispose(): void {
    this.#stopServing();
  }

  #methods(): Readonly<Record<string, ExportedMethod>> {
    return {
      GetLayout: { in: 'iias', out: 'u(ia{sv}av)', answer: (body) => this.#getLayout(body) },
      GetGroupProperties: { in: 'aias', out: 'a(ia{sv})', answer: (body) => this.#getGroupProperties(body) },
      GetProperty: { in: 'is', out: 'v', answer: (body) => this.#getProperty(body) },
      Event: {
        in: 'isvu',
        out: '',
        answer: async (body, caller) => {
          const [id, type] = event.parse(body);
          await this.#event(id, type, caller);
          return [];
        },
      },
      EventGroup: {
        in: 'a(isvu)',
        out: 'ai',
        answer: async (body, caller) => {
          const [events] = eventGroupCall.parse(body);
          for (const [id, type] of events) await this.#event(id, type, caller);
          return [events.map(([id]) => id).filter((id) => !this.#layout.nodes.has(id))];
        },
      },
      // The layout is always up to date: nothing to prepare before a menu opens.
      AboutToShow: { in: 'i', out: 'b', answer: () => [false] },
      AboutToShowGroup: {
        in: 'ai',
        out: 'aiai',
        answer: (body) => {
          const [ids] = aboutToShowGroupCall.parse(body);
          return [[], ids.filter((id) => !this.#layout.nodes.has(id))];
        },
      },
    };
  }

  // ------------------------------------------------------------------ reading

  #getLayout(body: readonly unknown[]): readonly unknown[] {
    const [parent, depth, names] = layoutCall.parse(body);
    return [this.#revision, wireNode(this.#node(parent), depth, names)];
  }

  #getGroupProperties(body: readonly unknown[]): readonly unknown[] {
    const [ids, names] = groupPropertiesCall.parse(body);
    const wanted = ids.length === 0 ? [...this.#layout.nodes.keys()] : ids;
    const known = wanted.flatMap((id) => this.#layout.nodes.get(id) ?? []);
    return [known.map((node) => [node.id, wireProperties(node, names)])];
  }

  #getProperty(body: readonly unknown[]): readonly unknown[] {
    const [id, name] = propertyCall.parse(body);
    const value = wireProperties(this.#node(id), [name])[name];
    if (value === undefined) throw new Error('No such property.');
    return [value];
  }

  #node(id: number): MenuNode {
    const node = this.#layout.nodes.get(id);
    if (node === undefined) throw new Error('No such entry.');
    return node;
  }

  // ------------------------------------------------------------------ choosing

  async #event(id: number, type: string, caller: string): Promise<void> {
    // Others are opened, closed and hovered.
    if (type !== 'clicked') return;
    // Looked up at once: by the time we know the caller the menu may have changed again.
    const token = this.#layout.tokens.get(id) ?? this.#previous?.tokens.get(id);
    if ((await this.#isTray(caller)) && token !== undefined) this.#listener.chosen(token);
    else this.#listener.misplaced();
  }
}

function wireNode(node: MenuNode, depth: number, names: readonly string[]): WireNode {
  const children = depth === 0 ? [] : node.children;
  const below = depth === WHOLE_DEPTH ? WHOLE_DEPTH : depth - 1;
  return [
    node.id,
    wireProperties(node, names),
    children.map((child) => new Variant('(ia{sv}av)', wireNode(child, below, names))),
  ];
}

/** @param names which properties; empty: all */
function wireProperties(node: MenuNode, names: readonly string[]): Readonly<Record<string, Variant>> {
  const wanted = Object.entries(node.properties).filter(
    ([name]) => names.length === 0 || names.includes(name),
  );
  return Object.fromEntries(
    wanted.map(([name, value]) => [name, new Variant(typeof value === 'boolean' ? 'b' : 's', value)]),
  );
}
