/**
 * The tray menu as com.canonical.dbusmenu sees it: numbered entries with properties. Pure. Numbers are never used
 * twice, so a click that was meant for an earlier menu can never land on another entry.
 */
import { assertNever } from '../../../contract/result.ts';
import type { TrayEntry } from '../../../core/ports.ts';

export type MenuProperties = Readonly<Record<string, string | boolean>>;

export interface MenuNode {
  readonly id: number;
  readonly properties: MenuProperties;
  readonly children: readonly MenuNode[];
}

export interface MenuLayout {
  readonly root: MenuNode;
  readonly nodes: ReadonlyMap<number, MenuNode>;
  /** What each entry that can be chosen hands back. */
  readonly tokens: ReadonlyMap<number, string>;
  /** The first number this layout did not use. */
  readonly nextId: number;
}

/** Number of the menu itself, by the protocol. */
export const ROOT_ID = 0;

/** @param firstId the first number to give out, greater than any given out before */
export function layoutMenu(entries: readonly TrayEntry[], firstId: number): MenuLayout {
  let nextId = firstId;
  const nodes = new Map<number, MenuNode>();
  const tokens = new Map<number, string>();

  const place = (entry: TrayEntry): MenuNode => {
    const id = nextId;
    nextId += 1;
    if (entry.type === 'action' && entry.enabled) tokens.set(id, entry.token);
    const children = entry.type === 'submenu' ? entry.entries.map(place) : [];
    const node = { id, properties: propertiesOf(entry), children };
    nodes.set(id, node);
    return node;
  };

  const root: MenuNode = {
    id: ROOT_ID,
    properties: { 'children-display': 'submenu' },
    children: entries.map(place),
  };
  nodes.set(ROOT_ID, root);
  return { root, nodes, tokens, nextId };
}

function propertiesOf(entry: TrayEntry): MenuProperties {
  switch (entry.type) {
    case 'separator':
      return { type: 'separator' };
    case 'label':
      return { label: plainLabel(entry.label), enabled: false };
    case 'action':
      return { label: plainLabel(entry.label), enabled: entry.enabled };
    case 'submenu':
      return { label: plainLabel(entry.label), 'children-display': 'submenu' };
    default:
      return assertNever(entry);
  }
}

/** A single underscore would make the next letter a keyboard mnemonic and vanish. */
function plainLabel(label: string): string {
  return label.replaceAll('_', '__').replaceAll('\0', '\uFFFD').toWellFormed();
}
