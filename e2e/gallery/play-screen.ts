/** Runs in the frame before the window's own script: plays the app on the screen that was picked. */
import type { CommandName } from '../../electron/contract/api.ts';
import type { Settings } from '../../electron/contract/settings.ts';
import '../renderer/fake-app.ts';
import { chosenScreen, readChoice, type Choice } from './choice.ts';

declare global {
  interface Window {
    /** Only in the gallery's frame. */
    playTheme?: (theme: Choice['theme']) => void;
  }
}

const choice = readChoice(location.search);
const { snapshot, section, answers = {} } = chosenScreen(choice);
window.startFakeApp({ ...snapshot, settings: settingsWith(choice.theme) });
window.playTheme = (theme) => window.fakeApp.update({ settings: settingsWith(theme) });
// The names are commands by PageScreen's type; taking them apart from the answers loses that.
for (const [name, answer] of Object.entries(answers)) window.fakeApp.answer(name as CommandName, answer);
if (section !== undefined) openOnceThere(section);
if (choice.motion === 'reduced') watchPage(document.head, reduceMotion);

function settingsWith(theme: Choice['theme']): Settings {
  return theme === 'as set' ? snapshot.settings : { ...snapshot.settings, theme };
}

/** The window starts at the requests; a section is opened as an owner does. */
function openOnceThere(section: string): void {
  const stop = watchPage(document, () => {
    const button = [...document.querySelectorAll('nav button')].find(
      ({ textContent }) => textContent === section,
    );
    if (!(button instanceof HTMLButtonElement)) return;
    stop();
    button.click();
  });
}

/** A page cannot set what the system prefers, so the rules for those who prefer less motion are made to hold. */
function reduceMotion(): void {
  for (const sheet of document.styleSheets)
    for (const rule of sheet.cssRules)
      if (rule instanceof CSSMediaRule && rule.conditionText === '(prefers-reduced-motion: reduce)')
        rule.media.mediaText = 'all';
}

/** Now and at every change, those of a hot reload included. */
function watchPage(root: Node, look: () => void): () => void {
  const observer = new MutationObserver(look);
  observer.observe(root, { childList: true, subtree: true, characterData: true });
  return () => observer.disconnect();
}
