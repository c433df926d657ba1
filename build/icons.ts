/**
 * Which icons the product has and how they are drawn from assets/source. Only the drawing; render-icons.ts writes
 * the files.
 */
import { Resvg } from '@resvg/resvg-js';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { packIcns, packIco } from './icon-containers.ts';

export const assetsFolder = join(import.meta.dirname, '..', 'assets');
const sourceFolder = join(assetsFolder, 'source');

const trayStates = ['disconnected', 'connected', 'attention'] as const;
const counts = ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'more'] as const;

/** StatusNotifierItem: the usual panel heights. */
const PIXMAP_SIZES = [22, 24, 32, 48];
/** Windows notification area at 100 to 200 % scaling. */
const WINDOWS_TRAY_SIZES = [16, 20, 24, 32];
const WINDOWS_APP_SIZES = [16, 24, 32, 48, 64, 128, 256];
const LINUX_APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
const MACOS_APP_SIZES = [16, 32, 64, 128, 256, 512, 1024];
const MACOS_TRAY_POINTS = 18;
const LINUX_TRAY_PIXELS = 24;

/** Path below assets/ to content. */
export type IconFiles = ReadonlyMap<string, Buffer>;

export function drawIcons(): IconFiles {
  const files = new Map<string, Buffer>();
  for (const state of trayStates) {
    const svg = source(`template-${state}`);
    files.set(`tray/macos/${state}Template.png`, png(svg, MACOS_TRAY_POINTS));
    files.set(`tray/macos/${state}Template@2x.png`, png(svg, 2 * MACOS_TRAY_POINTS));
  }
  const trayIcons = colouredTrayIcons();
  for (const [name, svg] of trayIcons) {
    files.set(`tray/windows/${name}.ico`, packIco(pngs(svg, WINDOWS_TRAY_SIZES)));
    files.set(`tray/linux/${name}.png`, png(svg, LINUX_TRAY_PIXELS));
    files.set(`tray/linux/${name}@2x.png`, png(svg, 2 * LINUX_TRAY_PIXELS));
  }
  files.set('tray/pixmaps.json', pixmapFile(trayIcons));

  const app = source('app');
  for (const size of LINUX_APP_SIZES) files.set(`app/${size}x${size}.png`, png(app, size));
  files.set('app/icon.ico', packIco(pngs(app, WINDOWS_APP_SIZES)));
  files.set('app/icon.icns', packIcns(pngs(app, MACOS_APP_SIZES)));
  return files;
}

/** Icon name to SVG: the three states, and attention with every count. */
function colouredTrayIcons(): ReadonlyMap<string, string> {
  const icons = new Map<string, string>(trayStates.map((state) => [state, source(`tray-${state}`)]));
  for (const count of counts) icons.set(`attention-${count}`, withBadge(source('tray-attention'), count));
  return icons;
}

/** Puts the badge, showing this count, on top of an icon drawn on the same grid. */
function withBadge(icon: string, count: string): string {
  const badge = source('badge').replace(/<use href="#count-[^"]*"\/>/, `<use href="#count-${count}"/>`);
  const content = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(badge)?.[1];
  if (content === undefined) throw new Error('badge.svg has no content.');
  return icon.replace('</svg>', `${content}</svg>`);
}

function source(name: string): string {
  return readFileSync(join(sourceFolder, `${name}.svg`), 'utf8');
}

function rendered(svg: string, size: number): ReturnType<Resvg['render']> {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } }).render();
}

function png(svg: string, size: number): Buffer {
  return Buffer.from(rendered(svg, size).asPng());
}

function pngs(svg: string, sizes: readonly number[]): { size: number; png: Buffer }[] {
  return sizes.map((size) => ({ size, png: png(svg, size) }));
}

/** What electron/adapters/node/tray/tray-pixmaps.ts reads. */
function pixmapFile(icons: ReadonlyMap<string, string>): Buffer {
  const packed = [...icons].map(([name, svg]) => {
    const pixels = Buffer.concat(PIXMAP_SIZES.map((size) => argb(rendered(svg, size).pixels)));
    return [name, deflateSync(pixels, { level: 9 }).toString('base64')] as const;
  });
  return Buffer.from(`${JSON.stringify({ sizes: PIXMAP_SIZES, icons: Object.fromEntries(packed) })}\n`);
}

/** Premultiplied RGBA as the renderer gives it, to straight ARGB as StatusNotifierItem wants it. */
function argb(rgba: Buffer): Buffer {
  const pixels = Buffer.alloc(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba.readUInt8(at + 3);
    pixels.writeUInt8(alpha, at);
    for (let channel = 0; channel < 3; channel += 1) {
      const straight = alpha === 0 ? 0 : Math.round((rgba.readUInt8(at + channel) * 255) / alpha);
      pixels.writeUInt8(Math.min(straight, 255), at + 1 + channel);
    }
  }
  return pixels;
}

/** One digest over everything the icons are made from, the same on every platform. */
export function sourceDigest(): string {
  const sources = readdirSync(sourceFolder).map((name) => join(sourceFolder, name));
  const programs = ['icons.ts', 'icon-containers.ts'].map((name) => join(import.meta.dirname, name));
  const hash = createHash('sha256');
  for (const file of [...sources.sort(), ...programs]) {
    hash.update(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  }
  return hash.digest('hex');
}

export function contentDigest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
