/** Serves our tray item as org.kde.StatusNotifierItem, the way freedesktop trays look at it. */
import type { Stop, TrayModel } from '../../../core/ports.ts';
import type { ExportedInterface } from '../dbus/bus-types.ts';
import type { SessionBus } from '../dbus/session-bus.ts';
import { MENU_PATH } from './dbusmenu.ts';
import { trayIconName, type Pixmap, type TrayPixmaps } from './tray-pixmaps.ts';

const ITEM_PATH = '/StatusNotifierItem';

/** What the item shows besides its menu. */
export type ItemFace = Pick<TrayModel, 'icon' | 'count' | 'tooltip'>;

export class StatusNotifierItem {
  readonly #bus: SessionBus;
  readonly #pixmaps: TrayPixmaps;
  readonly #interface: ExportedInterface;
  readonly #stopServing: Stop;
  #face: ItemFace = { icon: 'disconnected', count: 0, tooltip: '' };

  /** @param onClicked the icon was clicked; any program may claim that, so it must do no more than open a window */
  constructor(bus: SessionBus, pixmaps: TrayPixmaps, title: string, onClicked: () => void) {
    this.#bus = bus;
    this.#pixmaps = pixmaps;
    this.#interface = this.#describe(title, onClicked);
    this.#stopServing = bus.serve(this.#interface);
  }

  render(face: ItemFace): void {
    const before = this.#face;
    this.#face = face;
    if (trayIconName(before) !== trayIconName(face)) {
      this.#bus.emit(this.#interface, 'NewIcon', []);
      this.#bus.emit(this.#interface, 'NewAttentionIcon', []);
    }
    if (statusOf(before) !== statusOf(face)) this.#bus.emit(this.#interface, 'NewStatus', [statusOf(face)]);
    if (before.tooltip !== face.tooltip) this.#bus.emit(this.#interface, 'NewToolTip', []);
  }

  dispose(): void {
    this.#stopServing();
  }

  #icon(): readonly Pixmap[] {
    return this.#pixmaps.get(trayIconName(this.#face)) ?? [];
  }

  #describe(title: string, onClicked: () => void): ExportedInterface {
    const clicked = { in: 'ii', out: '', argumentNames: ['x', 'y'], answer: () => (onClicked(), []) };
    const ignored = { in: 'ii', out: '', argumentNames: ['x', 'y'], answer: () => [] };
    const text = (value: string) => ({ signature: 's', read: () => value });
    return {
      path: ITEM_PATH,
      name: 'org.kde.StatusNotifierItem',
      methods: {
        Activate: clicked,
        SecondaryActivate: clicked,
        // The tray draws our menu itself.
        ContextMenu: ignored,
        Scroll: { in: 'is', out: '', argumentNames: ['delta', 'orientation'], answer: () => [] },
      },
      properties: {
        Category: text('ApplicationStatus'),
        Id: text(title.toLowerCase()),
        Title: text(title),
        Status: { signature: 's', read: () => statusOf(this.#face) },
        WindowId: { signature: 'i', read: () => 0 },
        IconName: text(''),
        IconThemePath: text(''),
        IconPixmap: { signature: 'a(iiay)', read: () => this.#icon() },
        OverlayIconName: text(''),
        OverlayIconPixmap: { signature: 'a(iiay)', read: () => [] },
        AttentionIconName: text(''),
        AttentionIconPixmap: { signature: 'a(iiay)', read: () => this.#icon() },
        AttentionMovieName: text(''),
        // Icon name, icon pixmaps, title, markup: only the title is plain text everywhere.
        ToolTip: { signature: '(sa(iiay)ss)', read: () => ['', [], this.#face.tooltip, ''] },
        ItemIsMenu: { signature: 'b', read: () => false },
        Menu: { signature: 'o', read: () => MENU_PATH },
      },
      signals: {
        NewTitle: '',
        NewIcon: '',
        NewAttentionIcon: '',
        NewOverlayIcon: '',
        NewToolTip: '',
        NewStatus: 's',
      },
    };
  }
}

function statusOf(face: ItemFace): 'Active' | 'NeedsAttention' {
  return face.icon === 'attention' ? 'NeedsAttention' : 'Active';
}
