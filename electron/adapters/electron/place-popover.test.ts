import { describe, expect, it } from 'vitest';
import { placePopover } from './place-popover.ts';

const size = { width: 400, height: 600 };
const nowhere = { x: 0, y: 0, width: 0, height: 0 };

describe('placing the popover', () => {
  it.each([
    {
      where: 'under a macOS menu bar icon',
      icon: { x: 1000, y: 0, width: 24, height: 24 },
      area: { x: 0, y: 25, width: 1440, height: 875 },
      expected: { x: 812, y: 29 },
    },
    {
      where: 'at the right edge when the icon is in the corner',
      icon: { x: 1416, y: 0, width: 24, height: 24 },
      area: { x: 0, y: 25, width: 1440, height: 875 },
      expected: { x: 1040, y: 29 },
    },
    {
      where: 'over a Windows taskbar at the bottom',
      icon: { x: 1700, y: 1045, width: 24, height: 30 },
      area: { x: 0, y: 0, width: 1920, height: 1040 },
      expected: { x: 1512, y: 436 },
    },
    {
      where: 'under a taskbar at the top',
      icon: { x: 1700, y: 5, width: 24, height: 30 },
      area: { x: 0, y: 40, width: 1920, height: 1040 },
      expected: { x: 1512, y: 44 },
    },
    {
      where: 'right of a taskbar on the left',
      icon: { x: 10, y: 1000, width: 24, height: 24 },
      area: { x: 62, y: 0, width: 1858, height: 1080 },
      expected: { x: 66, y: 480 },
    },
    {
      where: 'left of a taskbar on the right',
      icon: { x: 1880, y: 500, width: 24, height: 24 },
      area: { x: 0, y: 0, width: 1858, height: 1080 },
      expected: { x: 1454, y: 212 },
    },
    {
      where: 'on a second display left of the first',
      icon: { x: -300, y: 0, width: 24, height: 24 },
      area: { x: -1440, y: 25, width: 1440, height: 875 },
      expected: { x: -488, y: 29 },
    },
    {
      where: 'above an icon in a bar that hides itself',
      icon: { x: 1700, y: 1050, width: 24, height: 30 },
      area: { x: 0, y: 0, width: 1920, height: 1080 },
      expected: { x: 1512, y: 446 },
    },
    {
      where: 'below an icon in a panel that floats at the top',
      icon: { x: 900, y: 2, width: 22, height: 22 },
      area: { x: 0, y: 0, width: 1920, height: 1080 },
      expected: { x: 711, y: 28 },
    },
    {
      where: 'in the middle when the icon is unknown',
      icon: nowhere,
      area: { x: 0, y: 28, width: 1281, height: 772 },
      expected: { x: 441, y: 114 },
    },
    {
      where: 'with its top left corner visible on a screen that is too small',
      icon: nowhere,
      area: { x: 10, y: 20, width: 320, height: 480 },
      expected: { x: 10, y: 20 },
    },
  ])('puts it $where', ({ icon, area, expected }) => {
    expect(placePopover(icon, area, size)).toEqual(expected);
  });
});
