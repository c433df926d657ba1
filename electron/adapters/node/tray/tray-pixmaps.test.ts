import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrayModel } from '../../../core/ports.ts';
import { readTrayPixmaps, trayIconName } from './tray-pixmaps.ts';

const committed = join(import.meta.dirname, '../../../../assets/tray/pixmaps.json');

describe('trayIconName', () => {
  it.each<[TrayModel['icon'], number, string]>([
    ['disconnected', 0, 'disconnected'],
    ['disconnected', 3, 'disconnected'],
    ['connected', 0, 'connected'],
    ['attention', 0, 'attention'],
    ['attention', 1, 'attention-1'],
    ['attention', 9, 'attention-9'],
    ['attention', 10, 'attention-more'],
  ])('shows %s with %i open as %s', (icon, count, name) => {
    expect(trayIconName({ icon, count })).toBe(name);
    expect(
      readTrayPixmaps(committed)
        .get(name)
        ?.map(([width]) => width),
    ).toEqual([22, 24, 32, 48]);
  });
});

describe('readTrayPixmaps', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-pixmaps-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives pixels as alpha, red, green, blue, not premultiplied', () => {
    const connected = readTrayPixmaps(committed).get('connected')?.[3]?.[2];
    const pixel = (x: number, y: number) => [
      ...(connected?.subarray((y * 48 + x) * 4, (y * 48 + x) * 4 + 4) ?? []),
    ];
    expect({ corner: pixel(0, 0), wall: pixel(8, 40) }).toEqual({
      corner: [0, 0, 0, 0],
      wall: [255, 0x0f, 0x76, 0x6e],
    });
  });

  it.each([
    ['is missing', null],
    ['is damaged', '{"sizes":[22]'],
    ['holds something else', '{"sizes":[22],"icons":{"connected":5}}'],
    ['is cut short', '{"sizes":[22],"icons":{"connected":"eJw="}}'],
  ])('throws when the file %s', (_what, content) => {
    const file = join(folder, 'pixmaps.json');
    if (content !== null) writeFileSync(file, content);
    expect(() => readTrayPixmaps(file)).toThrow();
  });
});
