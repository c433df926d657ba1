#!/usr/bin/python3
"""Reads and operates the tray, as the owner would.

    tray.py items                       the registered items, as JSON
    tray.py menu ITEM                   the item's menu as the tray host reads it, as a JSON tree
    tray.py click ITEM [--button N]     clicks the icon with the real pointer (1 left, 2 middle, 3 right)
    tray.py choose ITEM LABEL...        opens the menu with the pointer and chooses the entry, or the entry in the
                                        submenu of that name, with the keyboard
    tray.py open ITEM                   opens the menu with the pointer and leaves it open

ITEM is the item's Id. Clicks and choices go through the tray host's own window, so that the app sees them come
from where an owner's click comes from; reading goes over the bus. Each waits up to --timeout seconds for the item.
"""

import argparse
import json
import re
import subprocess
import sys
import time

import dbus

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
POLL_SECONDS = 0.05
# The panel draws its tray in a process of its own, in this window inside the panel: width, height and place.
TRAY_WINDOW = re.compile(r'\("wrapper-2.0" "Wrapper-2.0"\) +(\d+)x(\d+)\+\d+\+\d+ +\+(\d+)\+(\d+)')


def wait_for(look, seconds, what):
    """Calls `look` until it finds something; ends the program when the time is over."""
    give_up_at = time.monotonic() + seconds
    while True:
        try:
            found = look()
        except dbus.DBusException:
            found = None  # an item went away while we read it
        if found:
            return found
        if time.monotonic() > give_up_at:
            sys.exit(f"no {what}")
        time.sleep(POLL_SECONDS)


# ------------------------------------------------------------------ reading over the bus


def registered_items(bus):
    """(bus name, object path, properties) of each item the watcher knows, in order of registration."""
    watcher = dbus.Interface(bus.get_object(WATCHER, "/StatusNotifierWatcher"), PROPERTIES)
    for registered in watcher.Get(WATCHER, "RegisteredStatusNotifierItems"):
        service, slash, path = str(registered).partition("/")
        path = slash + path if slash else "/StatusNotifierItem"
        properties = dbus.Interface(bus.get_object(service, path), PROPERTIES).GetAll(ITEM)
        yield service, path, properties


def find_item(bus, item_id, seconds):
    look = lambda: [item for item in registered_items(bus) if item[2].get("Id") == item_id]  # noqa: E731
    return wait_for(look, seconds, f"tray item {item_id!r}")[0]


def describe(service, path, properties):
    return {
        "service": service,
        "path": path,
        "id": str(properties["Id"]),
        "title": str(properties["Title"]),
        "status": str(properties["Status"]),
        "toolTip": str(properties["ToolTip"][2]),
        "iconSizes": [int(pixmap[0]) for pixmap in properties["IconPixmap"]],
    }


def read_layout(bus, service, properties):
    menu = dbus.Interface(bus.get_object(service, properties["Menu"]), MENU)
    menu.AboutToShow(0)
    _revision, root = menu.GetLayout(0, -1, dbus.Array([], signature="s"))
    return describe_entry(root)


def describe_entry(entry):
    entry_id, properties, children = entry
    return {
        "id": int(entry_id),
        "type": str(properties.get("type", "standard")),
        "label": str(properties.get("label", "")),
        "enabled": bool(properties.get("enabled", True)),
        "children": [describe_entry(child) for child in children],
    }


# ------------------------------------------------------------------ acting on the screen


def window_tree():
    """All windows as `xwininfo` tells them, one line each."""
    listing = subprocess.run(["xwininfo", "-root", "-tree"], check=True, capture_output=True, text=True)
    return listing.stdout.splitlines()


def icon_centre():
    """Where the last icon in the panel is. The panel shows no names, so tests keep to a single icon."""
    screen_width = int(subprocess.run(["xdotool", "getdisplaygeometry"], check=True, capture_output=True).stdout.split()[0])
    for line in window_tree():
        place = TRAY_WINDOW.search(line)
        if place is None:
            continue
        width, height, x, y = (int(number) for number in place.groups())
        # Without an icon the window hangs over the edge of the screen.
        if y == 0 and x + width <= screen_width:
            return x + width - height // 2, y + height // 2
    return None


def click_icon(button, seconds):
    x, y = wait_for(icon_centre, seconds, "icon in the panel")
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", str(button)], check=True)


def press_keys(keys):
    # A pause between keys, because a submenu takes the keyboard only once it is on the screen.
    subprocess.run(["xdotool", "key", "--delay", "120", *keys], check=True)


def open_menus():
    """The tray's windows on the screen that no window manager looks after: its menus."""
    windows = [line.split()[0] for line in window_tree() if '"wrapper-2.0"' in line]
    return [window for window in windows if is_viewable(window)]


def is_viewable(window):
    shown = subprocess.run(["xwininfo", "-id", window], check=False, capture_output=True, text=True).stdout
    return "IsViewable" in shown and "Override Redirect State: yes" in shown


def open_menu(seconds):
    before = set(open_menus())
    click_icon(3, seconds)
    wait_for(lambda: set(open_menus()) - before, seconds, "menu on the screen")


def keys_to(entries, label):
    """Arrow presses from the top of a menu to an entry; separators and disabled entries are jumped over."""
    selectable = [entry for entry in entries if entry["type"] != "separator" and entry["enabled"]]
    for position, entry in enumerate(selectable):
        if entry["label"].replace("__", "_") == label:
            return ["Down"] * position, entry
    sys.exit(f"no entry {label!r} that can be chosen in {json.dumps(entries)}")


def choose(bus, options):
    service, _path, properties = find_item(bus, options.item, options.timeout)
    entries = read_layout(bus, service, properties)["children"]
    # Nothing is selected when a menu opens: the first press of Down selects the first entry. A submenu opens with
    # its first entry selected.
    keys = ["Down"]
    for label in options.labels:
        moves, entry = keys_to(entries, label)
        keys += moves
        keys.append("Right" if entry["children"] else "Return")
        entries = entry["children"]
    open_menu(options.timeout)
    press_keys(keys)


def parse_arguments():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("items")
    menu = commands.add_parser("menu")
    click = commands.add_parser("click")
    click.add_argument("--button", type=int, default=1)
    chosen = commands.add_parser("choose")
    opened = commands.add_parser("open")
    for command in (menu, click, chosen, opened):
        command.add_argument("item")
        command.add_argument("--timeout", type=float, default=120)
    chosen.add_argument("labels", nargs="+")
    return parser.parse_args()


def main(options):
    bus = dbus.SessionBus()
    if options.command == "items":
        print(json.dumps([describe(*item) for item in registered_items(bus)]))
        return
    service, _path, properties = find_item(bus, options.item, options.timeout)
    if options.command == "menu":
        print(json.dumps(read_layout(bus, service, properties)))
        return
    if options.command == "click":
        click_icon(options.button, options.timeout)
    elif options.command == "open":
        open_menu(options.timeout)
    else:
        choose(bus, options)


if __name__ == "__main__":
    main(parse_arguments())
