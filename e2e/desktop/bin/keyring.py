#!/usr/bin/python3
"""Locks or unlocks the desktop's login keyring without a prompt.

    keyring.py lock|unlock

Unlocking uses gnome-keyring's own internal interface, because the public one always asks on the screen.
The password is read from PORTCULLIS_KEYRING_PASSWORD.
"""

import os
import sys

import dbus

SERVICE = "/org/freedesktop/secrets"
LOGIN = dbus.ObjectPath(SERVICE + "/collection/login")


def secret_service(bus):
    return dbus.Interface(bus.get_object("org.freedesktop.secrets", SERVICE), "org.freedesktop.Secret.Service")


def lock(bus):
    secret_service(bus).Lock([LOGIN])


def unlock(bus):
    _, session = secret_service(bus).OpenSession("plain", dbus.String("", variant_level=1))
    password = os.environ["PORTCULLIS_KEYRING_PASSWORD"].encode()
    secret = dbus.Struct((session, dbus.ByteArray(b""), dbus.ByteArray(password), "text/plain"), signature="oayays")
    internal = dbus.Interface(
        bus.get_object("org.gnome.keyring", SERVICE),
        "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
    )
    internal.UnlockWithMasterPassword(LOGIN, secret)


if __name__ == "__main__":
    {"lock": lock, "unlock": unlock}[sys.argv[1]](dbus.SessionBus())
