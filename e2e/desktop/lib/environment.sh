# The environment of the desktop: nothing of the developer's own home, bus or keyring can be reached by accident.

make_private_environment() {
  local folder
  for folder in home run log pids data config cache state; do
    mkdir -m 700 "$PORTCULLIS_DESKTOP/$folder"
  done
  export HOME=$PORTCULLIS_DESKTOP/home
  export XDG_RUNTIME_DIR=$PORTCULLIS_DESKTOP/run
  export XDG_DATA_HOME=$PORTCULLIS_DESKTOP/data
  export XDG_CONFIG_HOME=$PORTCULLIS_DESKTOP/config
  export XDG_CACHE_HOME=$PORTCULLIS_DESKTOP/cache
  export XDG_STATE_HOME=$PORTCULLIS_DESKTOP/state
  export XDG_CURRENT_DESKTOP=XFCE XDG_SESSION_TYPE=x11
  export GDK_BACKEND=x11 GSETTINGS_BACKEND=memory LIBGL_ALWAYS_SOFTWARE=1
  # Without these every GTK program would try to start an accessibility bus.
  export NO_AT_BRIDGE=1 GTK_A11Y=none
  export DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/bus
  export PORTCULLIS_KEYRING_PASSWORD=${PORTCULLIS_KEYRING_PASSWORD:-portcullis-test}
  unset WAYLAND_DISPLAY DBUS_STARTER_ADDRESS GNOME_KEYRING_CONTROL SSH_AUTH_SOCK XAUTHORITY SESSION_MANAGER

  local here
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  local xfce_settings=$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml
  mkdir -p "$xfce_settings"
  cp "$here"/config/xfce4-*.xml "$xfce_settings/"
  sed "s|@ADDRESS@|$DBUS_SESSION_BUS_ADDRESS|" "$here/config/bus.conf" >"$PORTCULLIS_DESKTOP/bus.conf"
}

allow_accessibility() {
  unset NO_AT_BRIDGE GTK_A11Y
}

# How the keyring is to come up, also when it is restarted later.
choose_keyring() {
  echo "$1" >"$PORTCULLIS_DESKTOP/keyring-mode"
}

export_display() {
  DISPLAY=:$(cat "$PORTCULLIS_DESKTOP/display")
  export DISPLAY
}
