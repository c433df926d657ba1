/**
 * The tray icons as StatusNotifierItem wants them: ARGB32, big-endian, several sizes. They are drawn when the assets
 * are rendered; here they are only unpacked, so no image decoder runs in the app.
 */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { z } from 'zod';
import type { TrayModel } from '../../../core/ports.ts';

const pixmapFile = z.strictObject({
  /** Edge of each square icon, in pixels. */
  sizes: z.array(z.int().positive()).min(1),
  /** Icon name to the deflated pixels of all its sizes, one after the other, as base64. */
  icons: z.record(z.string(), z.base64()),
});

/** Width, height, pixels. */
export type Pixmap = readonly [number, number, Buffer];

const BYTES_PER_PIXEL = 4;
/** More than this is shown as "9+". */
const HIGHEST_COUNT_SHOWN = 9;

export type TrayPixmaps = ReadonlyMap<string, readonly Pixmap[]>;

/**
 * @param path of `tray/pixmaps.json` among the assets
 * @throws when the file is missing or damaged: the app was not installed completely
 */
export function readTrayPixmaps(path: string): TrayPixmaps {
  const { sizes, icons } = pixmapFile.parse(JSON.parse(readFileSync(path, 'utf8')) as unknown);
  return new Map(Object.entries(icons).map(([name, packed]) => [name, unpack(sizes, packed)]));
}

function unpack(sizes: readonly number[], packed: string): readonly Pixmap[] {
  const pixels = inflateSync(Buffer.from(packed, 'base64'));
  let offset = 0;
  return sizes.map((size) => {
    const length = size * size * BYTES_PER_PIXEL;
    const pixmap: Pixmap = [size, size, pixels.subarray(offset, offset + length)];
    offset += length;
    return pixmap;
  });
}

/** Name of the icon that shows this state, with the number of open requests on it. */
export function trayIconName(model: Pick<TrayModel, 'icon' | 'count'>): string {
  if (model.icon !== 'attention' || model.count <= 0) return model.icon;
  return model.count > HIGHEST_COUNT_SHOWN ? 'attention-more' : `attention-${model.count}`;
}
