/** Times in words, the same everywhere in the window. */
import { dateLocale } from '../session/date-locale.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** "just now", "3 min ago", "2 h ago", "5 days ago". Arguments in epoch ms. */
export function ago(at: number, now: number): string {
  const elapsed = Math.max(0, now - at);
  if (elapsed < minute) return 'just now';
  if (elapsed < hour) return `${whole(elapsed / minute)} min ago`;
  if (elapsed < day) return `${whole(elapsed / hour)} h ago`;
  const days = Math.floor(elapsed / day);
  return days === 1 ? 'yesterday' : `${whole(days)} days ago`;
}

/** What is left: "4:05", then "12 min", then "2 h 5 min". Never below "0:00". Argument in ms. */
export function remaining(leftMs: number): string {
  const left = Math.max(0, leftMs);
  if (left < 10 * minute) {
    const seconds = Math.ceil(left / second);
    return `${whole(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }
  if (left < hour) return `${whole(left / minute)} min`;
  return `${whole(left / hour)} h ${whole((left % hour) / minute)} min`;
}

/** Time of day as the owner wants it written, e.g. "14:02". */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(dateLocale(), { hour: 'numeric', minute: '2-digit' }).format(at);
}

function whole(value: number): string {
  return String(Math.floor(value));
}
