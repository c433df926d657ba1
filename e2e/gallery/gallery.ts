/** The page around the window: picks one of its screens and how to look at it. */
import { everyScreen } from '../renderer/every-screen.ts';
import { looks, readChoice, writeChoice, type Choice, type Look } from './choice.ts';
import type {} from './play-screen.ts';
import './gallery.css';

function part<T extends Element>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The gallery's page has no ${selector}`);
  return found;
}

const form = part('#looks', HTMLFormElement);
const screens = part('#screens', HTMLElement);
const frame = part('#window', HTMLIFrameElement);

function show(): void {
  const choice = readChoice(location.hash.slice(1));
  form.replaceChildren(...(Object.keys(looks) as Look[]).map((look) => lookField(look, choice)));
  screens.replaceChildren(...Object.keys(everyScreen).flatMap((group) => screenLinks(group, choice)));
  showWindow(choice);
}

function lookField(look: Look, choice: Choice): Element {
  const select = document.createElement('select');
  select.append(...looks[look].map((option) => new Option(option, option, false, option === choice[look])));
  select.addEventListener('change', () => {
    location.hash = writeChoice({ ...choice, [look]: select.value });
  });
  const label = document.createElement('label');
  label.append(`${look.charAt(0).toUpperCase()}${look.slice(1)} `, select);
  return label;
}

function screenLinks(group: string, choice: Choice): readonly Element[] {
  const heading = document.createElement('h2');
  heading.textContent = group;
  const links = Object.keys(everyScreen[group] ?? {}).map((screen) => {
    const link = document.createElement('a');
    link.href = `#${writeChoice({ ...choice, group, screen })}`;
    link.textContent = screen;
    if (group === choice.group && screen === choice.screen) link.ariaCurrent = 'page';
    return link;
  });
  return [heading, ...links];
}

/** What the frame was loaded for; another theme needs no new page. */
let loadedFor = '';

function showWindow(choice: Choice): void {
  // Zooming halves the CSS pixels a window has; drawing half as many twice as large is the same for its page.
  const zoom = choice.zoom === '200 %' ? 2 : 1;
  frame.style.width = `${String(Number(choice.width) / zoom)}px`;
  frame.style.height = `${String(720 / zoom)}px`;
  frame.style.transform = `scale(${String(zoom)})`;
  const wanted = [choice.group, choice.screen, choice.motion].join('/');
  if (wanted === loadedFor) {
    playTheme();
  } else {
    loadedFor = wanted;
    // Instead of a step of its own in the history, where only the gallery's address belongs.
    frame.contentWindow?.location.replace(`/index.html?${writeChoice(choice)}`);
  }
}

/** Nothing while the frame still loads: then `load` comes once more. */
function playTheme(): void {
  frame.contentWindow?.playTheme?.(readChoice(location.hash.slice(1)).theme);
}

window.addEventListener('hashchange', show);
frame.addEventListener('load', playTheme);
show();
