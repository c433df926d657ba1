/**
 * Electron's `nativeImage`: the file is looked at. As there, one that is missing or of a kind this system cannot read
 * gives an empty image and not an error; a tray icon of it is nothing on the screen.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { acting } from './acting.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const ico = Buffer.from([0, 0, 1, 0]);

export class NativeImage {
  /** Empty for an image of nothing. */
  readonly path: string;
  /** 1 for the file itself, 2 for its `@2x` sibling. */
  readonly #scales: readonly number[];
  #template = false;

  constructor(file: string) {
    this.path = file;
    this.#scales = scalesOf(file);
  }

  isEmpty = (): boolean => this.#scales.length === 0;
  getScaleFactors = (): number[] => [...this.#scales];
  setTemplateImage = (on: boolean): void => void (this.#template = on);
  isTemplateImage = (): boolean => this.#template;
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(''),
  createFromPath: (file: string): NativeImage => new NativeImage(file),
};

function scalesOf(file: string): readonly number[] {
  if (file === '') return [];
  const { dir, name, ext } = path.parse(file);
  return [1, 2].filter((scale) =>
    isReadable(scale === 1 ? file : path.join(dir, `${name}@${String(scale)}x${ext}`)),
  );
}

/** Icon containers are for Windows only. */
function isReadable(file: string): boolean {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch {
    return false;
  }
  const kinds = acting.platform === 'win32' ? [png, ico] : [png];
  return kinds.some((start) => content.subarray(0, start.length).equals(start));
}
