/** What the gallery shows and how; it stands in the address, so that it outlives a reload and can be handed on. */
import { everyScreen, type AnyScreen } from '../renderer/every-screen.ts';

/** Options of each look; the first is what an address that names none gets. */
export const looks = {
  theme: ['as set', 'light', 'dark'],
  /** CSS pixels: of a popover, of a window, of a wide one. */
  width: ['400', '340', '720'],
  zoom: ['100 %', '200 %'],
  motion: ['as the system', 'reduced'],
} as const;

export type Look = keyof typeof looks;
export type Looks = { readonly [L in Look]: (typeof looks)[L][number] };

export interface Choice extends Looks {
  readonly group: string;
  readonly screen: string;
}

const start = { group: 'Requests', screen: 'requests' };

/** Anything that is not offered (any more) becomes the first thing that is. */
export function readChoice(address: string): Choice {
  const asked = new URLSearchParams(address);
  const { group, screen } = { group: asked.get('group') ?? '', screen: asked.get('screen') ?? '' };
  return {
    ...(find(group, screen) === undefined ? start : { group, screen }),
    theme: offered(looks.theme, asked.get('theme')),
    width: offered(looks.width, asked.get('width')),
    zoom: offered(looks.zoom, asked.get('zoom')),
    motion: offered(looks.motion, asked.get('motion')),
  };
}

export function writeChoice(choice: Choice): string {
  return new URLSearchParams(Object.entries(choice)).toString();
}

export function chosenScreen({ group, screen }: Choice): AnyScreen {
  const make = find(group, screen);
  if (make === undefined) throw new Error(`No screen is called ${group}, ${screen}`);
  return make();
}

function find(group: string, screen: string): (() => AnyScreen) | undefined {
  return Object.hasOwn(everyScreen, group) ? everyScreen[group]?.[screen] : undefined;
}

function offered<T extends string>(options: readonly [T, ...T[]], asked: string | null): T {
  return options.find((option) => option === asked) ?? options[0];
}
