/** The menu protocol over the real bus, with a host that asks for everything the protocol offers. */
import { Variant } from 'dbus-native';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrayEntry } from '../../../core/ports.ts';
import { BusService } from '../dbus/bus-service.ts';
import { SessionBus } from '../dbus/session-bus.ts';
import { DbusMenu, MENU_PATH } from './dbusmenu.ts';

const silent = { log: () => undefined };
const NAME = 'org.example.MenuUnderTest';

function action(token: string, enabled = true): TrayEntry {
  return { type: 'action', label: `Do ${token}`, enabled, token };
}

describe('DbusMenu', () => {
  let ours: SessionBus;
  let theirs: SessionBus;
  let host: BusService;
  let menu: DbusMenu;
  let heard: string[];
  let trusted: boolean;

  beforeEach(async () => {
    ours = new SessionBus(silent);
    theirs = new SessionBus(silent);
    heard = [];
    trusted = true;
    menu = new DbusMenu(ours, () => Promise.resolve(trusted), {
      chosen: (token) => heard.push(token),
      misplaced: () => heard.push('(misplaced)'),
    });
    ours.own(NAME);
    host = new BusService(theirs, NAME);
    await vi.waitFor(() => expect(host.owner).not.toBeNull());
  });
  afterEach(async () => {
    host.dispose();
    menu.dispose();
    await ours.close();
    await theirs.close();
  });

  async function ask(member: string, signature: string, ...body: readonly unknown[]): Promise<unknown> {
    const reply = await host.call(MENU_PATH, 'com.canonical.dbusmenu', member, signature, body);
    return reply.ok ? reply.value : reply.error.name;
  }
  function event(id: number, type = 'clicked'): readonly unknown[] {
    return [id, type, new Variant('s', ''), 0];
  }

  it('hands back the token of the entry that was clicked', async () => {
    menu.render([action('first'), action('second')]);
    await ask('Event', 'isvu', ...event(2));
    expect(heard).toEqual(['second']);
  });

  it('takes several events at once, and says which entries it does not know', async () => {
    menu.render([action('first'), action('second')]);
    expect(await ask('EventGroup', 'a(isvu)', [event(1), event(77), event(2, 'hovered')])).toEqual([[77]]);
    expect(heard).toEqual(['first', '(misplaced)']);
  });

  it('takes a click on the menu before this one as what it was', async () => {
    menu.render([action('first')]);
    menu.render([action('second')]);
    await ask('Event', 'isvu', ...event(1));
    expect(heard).toEqual(['first']);
  });

  it('chooses nothing for a click on a menu older than that', async () => {
    menu.render([action('first')]);
    menu.render([action('second')]);
    menu.render([action('third')]);
    await ask('Event', 'isvu', ...event(1));
    expect(heard).toEqual(['(misplaced)']);
  });

  it('chooses nothing for a click by anybody but the tray', async () => {
    trusted = false;
    menu.render([action('first')]);
    await ask('Event', 'isvu', ...event(1));
    expect(heard).toEqual(['(misplaced)']);
  });

  it.each([
    ['a disabled entry', 1, 'clicked', ['(misplaced)']],
    ['an entry that does not exist', 99, 'clicked', ['(misplaced)']],
    ['a menu that opens', 0, 'opened', []],
    ['an entry under the pointer', 2, 'hovered', []],
  ])('chooses nothing for %s', async (_what, id, type, expected) => {
    menu.render([action('off', false), action('on')]);
    await ask('Event', 'isvu', ...event(id, type));
    expect(heard).toEqual(expected);
  });

  it('announces every new layout with a higher revision', async () => {
    const announced: unknown[] = [];
    host.onSignal(MENU_PATH, 'com.canonical.dbusmenu', ({ member, body }) =>
      announced.push([member, ...body]),
    );
    // The rule is in place once the bus has answered a later call of the same connection.
    await ask('AboutToShow', 'i', 0);
    menu.render([action('first')]);
    menu.render([action('second')]);
    await vi.waitFor(() =>
      expect(announced).toEqual([
        ['LayoutUpdated', 2, 0],
        ['LayoutUpdated', 3, 0],
      ]),
    );
  });

  it('gives the layout to the depth and with the properties asked for', async () => {
    menu.render([{ type: 'submenu', label: 'Alice', entries: [action('approve')] }]);
    expect(await ask('GetLayout', 'iias', 0, 1, ['label'])).toEqual([
      2,
      [0, {}, [[1, { label: 'Alice' }, []]]],
    ]);
    expect(await ask('GetLayout', 'iias', 1, -1, [])).toEqual([
      2,
      [
        1,
        { label: 'Alice', 'children-display': 'submenu' },
        [[2, { label: 'Do approve', enabled: true }, []]],
      ],
    ]);
  });

  it('gives properties one by one and in groups', async () => {
    menu.render([action('first')]);
    expect(await ask('GetProperty', 'is', 1, 'label')).toEqual(['Do first']);
    expect(await ask('GetGroupProperties', 'aias', [1, 99], ['enabled'])).toEqual([[[1, { enabled: true }]]]);
    expect(await ask('AboutToShowGroup', 'ai', [1, 99])).toEqual([[], [99]]);
  });

  it.each([
    ['GetLayout', 'iias', [99, -1, []]],
    ['GetProperty', 'is', [1, 'nothing']],
    ['Event', 's', ['nonsense']],
  ] as const)('answers a senseless %s with an error', async (member, signature, body) => {
    menu.render([action('first')]);
    expect(await ask(member, signature, ...body)).toBe('org.freedesktop.DBus.Error.Failed');
    expect(heard).toEqual([]);
  });
});
