/** Every screen the specs look at, by the part of the window it belongs to: what the gallery offers. */
import { channelScreens } from './channel-screens.ts';
import { guardScreens, type Screens } from './guard-screens.ts';
import { guardPageScreens, remoteGuard, setupScreens } from './guard-page-screens.ts';
import type { PageScreen } from './page-screen.ts';
import { peopleScreens } from './people-screens.ts';
import { rulesScreens } from './rules-screens.ts';
import { appScreens, connectionScreens, requestScreens } from './screens.ts';
import { openSettings } from './settings-screens.ts';
import { silenceScreens } from './silence-screens.ts';

/** A screen without a section is the requests, where the window starts. */
export type AnyScreen = Pick<PageScreen, 'snapshot'> & Partial<PageScreen>;
export type ScreenGroup = Readonly<Record<string, () => AnyScreen>>;

const atStart = (all: Screens): ScreenGroup =>
  Object.fromEntries(Object.entries(all).map(([name, snapshot]) => [name, () => ({ snapshot: snapshot() })]));

export const everyScreen: Readonly<Record<string, ScreenGroup>> = {
  Requests: atStart(requestScreens),
  'Stopped messages': atStart(guardScreens),
  'The app': atStart(appScreens),
  'No connection': atStart(connectionScreens),
  Strangers: atStart(silenceScreens),
  Rules: rulesScreens,
  Guard: {
    ...guardPageScreens,
    ...Object.fromEntries(Object.entries(setupScreens).map(([name, show]) => [`setup-${name}`, show])),
    remote: remoteGuard,
  },
  People: peopleScreens,
  Channels: channelScreens,
  Settings: { settings: openSettings },
};
