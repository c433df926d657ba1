#!/usr/bin/python3
"""Reads and operates the notifications on the screen, as the owner would, through the accessibility bus.

    notifications.py list [--until-showing TEXT | --until-gone TEXT]
    notifications.py press LABEL [--containing TEXT] [--mouse]
    notifications.py click --containing TEXT

`list` prints JSON: one {"texts": [...], "buttons": [...]} per notification, with the text as it was rendered.
`press` presses a button by its label, with --mouse by moving the real pointer there. `click` clicks the text of a
notification, which this daemon takes as "close": it offers the default action as a button of its own. Each waits
up to --timeout seconds for what it is looking for; exit status 1 when it did not come.
"""

import argparse
import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 (the version has to be chosen first)

DAEMON = "xfce4-notifyd"
POLL_SECONDS = 0.05
BUTTON_ROLES = ("push button", "button")


def descendants(node):
    """Everything below a node; windows may vanish while they are read."""
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child
            yield from descendants(child)


def windows():
    """The notification windows on the screen, each as the list of its visible parts."""
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application is None or application.get_name() != DAEMON:
            continue
        for window_index in range(application.get_child_count()):
            window = application.get_child_at_index(window_index)
            if window is None:
                continue
            parts = [part for part in descendants(window) if is_showing(part)]
            if parts:
                yield parts


def is_showing(node):
    return node.get_state_set().contains(Atspi.StateType.SHOWING)


def is_button(node):
    return node.get_role_name() in BUTTON_ROLES


def rendered_text(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def texts(parts):
    return [rendered_text(part) for part in parts if part.get_role_name() == "label" and rendered_text(part)]


def buttons(parts):
    return [part for part in parts if is_button(part) and part.get_name()]


def find_window(containing):
    for parts in windows():
        if containing is None or any(containing in text for text in texts(parts)):
            return parts
    return None


def find_button(label, containing):
    for parts in windows():
        if containing is not None and not any(containing in text for text in texts(parts)):
            continue
        for button in buttons(parts):
            if button.get_name() == label:
                return button
    return None


def wait_for(look, seconds):
    """Calls `look` until it finds something; None when the time is over."""
    give_up_at = time.monotonic() + seconds
    while True:
        try:
            found = look()
        except GLib.Error:
            found = None  # a window went away while we read it
        if found or time.monotonic() > give_up_at:
            return found
        time.sleep(POLL_SECONDS)


def click_at(node):
    place = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
    x, y = place.x + place.width // 2, place.y + place.height // 2
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


def listing():
    return [{"texts": texts(parts), "buttons": [b.get_name() for b in buttons(parts)]} for parts in windows()]


def run_list(options):
    if options.until_showing is not None:
        if not wait_for(lambda: find_window(options.until_showing), options.timeout):
            return f"no notification showing {options.until_showing!r}; showing: {json.dumps(listing())}"
    if options.until_gone is not None:
        if not wait_for(lambda: find_window(options.until_gone) is None, options.timeout):
            return f"the notification {options.until_gone!r} is still showing"
    print(json.dumps(listing()))
    return None


def run_press(options):
    button = wait_for(lambda: find_button(options.label, options.containing), options.timeout)
    if button is None:
        return f"no button {options.label!r}; showing: {json.dumps(listing())}"
    if options.mouse:
        click_at(button)
    else:
        button.do_action(0)
    return None


def run_click(options):
    parts = wait_for(lambda: find_window(options.containing), options.timeout)
    if parts is None:
        return f"no notification showing {options.containing!r}"
    labels = (part for part in parts if part.get_role_name() == "label")
    click_at(next(label for label in labels if options.containing in rendered_text(label)))
    return None


def parse_arguments():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    list_command = commands.add_parser("list")
    list_command.add_argument("--until-showing")
    list_command.add_argument("--until-gone")
    press_command = commands.add_parser("press")
    press_command.add_argument("label")
    press_command.add_argument("--containing")
    press_command.add_argument("--mouse", action="store_true")
    click_command = commands.add_parser("click")
    click_command.add_argument("--containing", required=True)
    for command in (list_command, press_command, click_command):
        command.add_argument("--timeout", type=float, default=120)
    return parser.parse_args()


if __name__ == "__main__":
    Atspi.init()
    arguments = parse_arguments()
    run = {"list": run_list, "press": run_press, "click": run_click}[arguments.command]
    sys.exit(run(arguments))
