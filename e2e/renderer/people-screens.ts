/** The people page: everything known, and as little as a gateway can tell. */
import type { PeopleView } from '../../electron/contract/people.ts';
import { ok } from '../../electron/contract/result.ts';
import { plain, snapshotWith } from '../../renderer/bridge/snapshots.double.ts';
import { contact, device, ownDevice, peopleView } from '../../renderer/people/people.double.ts';
import type { PageScreen, PageScreens } from './page-screen.ts';

const longContact = 'very'.repeat(300);
const few = peopleView({
  contacts: {
    list: [
      contact({ entry: '*', shown: plain('*'), source: 'config', means: 'everyone', removal: 'in-config' }),
      contact({ removal: 'needs-plugin', blocked: true }),
      contact({ entry: longContact, shown: plain(longContact) }),
    ],
    pairingFrom: 'nowhere',
    configRead: false,
  },
  devices: {
    list: [
      ownDevice,
      device({ name: plain(`Моm’s ⟨U+202E⟩ ${'very'.repeat(20)}…`, { altered: true, truncated: true }) }),
    ],
    limited: true,
    offered: true,
    unreadable: 1,
  },
  blocked: { state: 'unavailable', reason: 'no-plugin' },
});

export function peopleScreen(view: PeopleView = peopleView()): PageScreen {
  return { snapshot: snapshotWith([]), section: 'People', answers: { 'people.list': ok(view) } };
}

export const peopleScreens: PageScreens = {
  people: () => peopleScreen(),
  'people-limited': () => peopleScreen(few),
};
