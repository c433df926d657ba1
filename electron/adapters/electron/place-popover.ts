/** Where the popover goes: beside the tray icon where the platform tells where that is, else in the middle. Pure. */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Between the popover and the bar the icon sits in, and to the edges of the screen, in DIP. */
const gap = 4;

/**
 * The bar's side is read off the icon's place against the work area, so menu bars and taskbars on any side, on any
 * platform, need no case of their own.
 *
 * @param icon the tray icon's bounds; empty (0 × 0) where the platform does not tell, as on Linux
 * @param workArea of the display the icon is on, or of the one the pointer is on when the icon is unknown
 * @returns the top left corner, whole pixels, with the popover inside the work area as far as it fits
 */
export function placePopover(icon: Rect, workArea: Rect, size: Size): Point {
  const point =
    icon.width === 0 || icon.height === 0 ? centred(workArea, size) : beside(icon, workArea, size);
  return {
    x: within(point.x, workArea.x, workArea.x + workArea.width - size.width),
    y: within(point.y, workArea.y, workArea.y + workArea.height - size.height),
  };
}

function centred(area: Rect, size: Size): Point {
  return { x: area.x + (area.width - size.width) / 2, y: area.y + (area.height - size.height) / 2 };
}

function beside(icon: Rect, area: Rect, size: Size): Point {
  const middle: Point = {
    x: icon.x + (icon.width - size.width) / 2,
    y: icon.y + (icon.height - size.height) / 2,
  };
  const iconCentre: Point = { x: icon.x + icon.width / 2, y: icon.y + icon.height / 2 };
  if (iconCentre.y < area.y) return { x: middle.x, y: area.y + gap };
  if (iconCentre.y > area.y + area.height)
    return { x: middle.x, y: area.y + area.height - size.height - gap };
  if (iconCentre.x < area.x) return { x: area.x + gap, y: middle.y };
  if (iconCentre.x > area.x + area.width) return { x: area.x + area.width - size.width - gap, y: middle.y };
  // The bar hides itself, or floats over the work area: go to the nearer of top and bottom.
  const nearTop = iconCentre.y - area.y < area.height / 2;
  return { x: middle.x, y: nearTop ? icon.y + icon.height + gap : icon.y - size.height - gap };
}

/** Keeps the top left corner visible when the popover is larger than the area. */
function within(value: number, low: number, high: number): number {
  return Math.round(Math.max(low, Math.min(value, high)));
}
