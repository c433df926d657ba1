import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { packIcns, packIco } from './icon-containers.ts';
import { assetsFolder, contentDigest, drawIcons, sourceDigest } from './icons.ts';

const record = z
  .strictObject({ sources: z.string(), files: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(assetsFolder, 'rendered.json'), 'utf8')));

function committedFiles(folder: string): readonly string[] {
  return readdirSync(join(assetsFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(assetsFolder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}

describe('the icons in assets', () => {
  it('were drawn from the sources as they are now (else run: node build/render-icons.ts)', () => {
    expect(record.sources).toBe(sourceDigest());
  });

  it('are the files that were drawn, all of them and no others', () => {
    const files = [...committedFiles('app'), ...committedFiles('tray')].sort();
    const digests = files.map((path) => [path, contentDigest(readFileSync(join(assetsFolder, path)))]);
    expect(Object.fromEntries(digests)).toEqual(record.files);
  });

  it('can be drawn again, under the same names', () => {
    expect([...drawIcons().keys()].sort()).toEqual(Object.keys(record.files).sort());
  });
});

describe('icon containers', () => {
  const images = [
    { size: 16, png: Buffer.from('small') },
    { size: 256, png: Buffer.from('large!') },
  ];

  it('points from each ICO entry to its PNG', () => {
    const ico = packIco(images);
    const entry = (index: number) => {
      const at = 6 + index * 16;
      const length = ico.readUInt32LE(at + 8);
      const offset = ico.readUInt32LE(at + 12);
      return { width: ico.readUInt8(at), content: ico.subarray(offset, offset + length).toString() };
    };
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 2]);
    expect([entry(0), entry(1)]).toEqual([
      { width: 16, content: 'small' },
      { width: 0, content: 'large!' },
    ]);
  });

  it('writes the whole length and one chunk per ICNS name', () => {
    const icns = packIcns(images);
    expect(icns.subarray(0, 4).toString()).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(icns.toString('latin1')).toMatch(/^icns....icp4....smallic08....large!ic13....large!$/s);
  });
});
