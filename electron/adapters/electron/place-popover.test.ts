import { describe, expect, it } from 'vitest';
import { placePopover } from './place-popover.ts';

const size = { width: 400, height: 600 };
const rect = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const nowhere = rect(0, 0, 0, 0);
const underMenuBar = rect(0, 25, 1440, 875);
const wholeScreen = rect(0, 0, 1920, 1080);

describe('placing the popover', () => {
  it.each([
    ['under a macOS menu bar icon', rect(1000, 0, 24, 24), underMenuBar, { x: 812, y: 29 }],
    [
      'at the right edge when the icon is in the corner',
      rect(1416, 0, 24, 24),
      underMenuBar,
      { x: 1040, y: 29 },
    ],
    [
      'over a Windows taskbar at the bottom',
      rect(1700, 1045, 24, 30),
      rect(0, 0, 1920, 1040),
      { x: 1512, y: 436 },
    ],
    ['under a taskbar at the top', rect(1700, 5, 24, 30), rect(0, 40, 1920, 1040), { x: 1512, y: 44 }],
    ['right of a taskbar on the left', rect(10, 1000, 24, 24), rect(62, 0, 1858, 1080), { x: 66, y: 480 }],
    ['left of a taskbar on the right', rect(1880, 500, 24, 24), rect(0, 0, 1858, 1080), { x: 1454, y: 212 }],
    [
      'on a second display left of the first',
      rect(-300, 0, 24, 24),
      rect(-1440, 25, 1440, 875),
      { x: -488, y: 29 },
    ],
    ['above an icon in a bar that hides itself', rect(1700, 1050, 24, 30), wholeScreen, { x: 1512, y: 446 }],
    ['below an icon in a panel that floats at the top', rect(900, 2, 22, 22), wholeScreen, { x: 711, y: 28 }],
    ['in the middle when the icon is unknown', nowhere, rect(0, 28, 1281, 772), { x: 441, y: 114 }],
    [
      'with its top left corner visible on a screen that is too small',
      nowhere,
      rect(10, 20, 320, 480),
      { x: 10, y: 20 },
    ],
  ])('puts it %s', (_where, icon, area, expected) => {
    expect(placePopover(icon, area, size)).toEqual(expected);
  });
});
