# How each part of the desktop is started, and how we know that it is up. No part is waited for by sleeping: it
# announces itself on a pipe or by taking its bus name.

LIBRARIES=/usr/lib/$(uname -m)-linux-gnu

start_part() {
  case $1 in
    display) start_display ;;
    bus) start_bus ;;
    a11y) spawn a11y /usr/libexec/at-spi-bus-launcher --launch-immediately --a11y=1 </dev/null && wait_for_name org.a11y.Bus ;;
    window-manager) start_window_manager ;;
    prompter) spawn prompter /usr/libexec/gcr-prompter </dev/null && wait_for_name org.gnome.keyring.SystemPrompter ;;
    keyring) start_keyring ;;
    settings) spawn settings "$LIBRARIES/xfce4/xfconf/xfconfd" </dev/null && wait_for_name org.xfce.Xfconf ;;
    notifications) spawn notifications "$LIBRARIES/xfce4/notifyd/xfce4-notifyd" </dev/null && wait_for_name org.freedesktop.Notifications ;;
    tray) spawn tray xfce4-panel --disable-wm-check --sm-client-disable </dev/null && wait_for_name org.kde.StatusNotifierWatcher ;;
    *) fail "unknown part $1" ;;
  esac
}

# Ends a part and returns when the bus has noticed, so that a test sees the same order every time.
stop_part() {
  local pid
  pid=$(part_pid "$1") || fail "part $1 is not running"
  end_groups "$pid"
  rm -f "$PORTCULLIS_DESKTOP/pids/$1"
}

start_display() {
  local ready=$PORTCULLIS_DESKTOP/display-ready
  mkfifo "$ready"
  # The display number is chosen by the server, so sessions can run side by side.
  exec 7<>"$ready"
  spawn display Xvfb -displayfd 7 -screen 0 "$DESKTOP_SCREEN" -nolisten tcp -noreset </dev/null
  read_announcement "$ready" >"$PORTCULLIS_DESKTOP/display" || fail 'no X display'
  exec 7>&-
}

start_bus() {
  local ready=$PORTCULLIS_DESKTOP/bus-ready
  mkfifo "$ready"
  exec 7<>"$ready"
  spawn bus dbus-daemon --config-file="$PORTCULLIS_DESKTOP/bus.conf" --nofork --nopidfile --nosyslog --print-address=7 </dev/null
  read_announcement "$ready" >/dev/null || fail 'no session bus'
  exec 7>&-
}

start_window_manager() {
  local ready=$PORTCULLIS_DESKTOP/window-manager-ready
  mkfifo "$ready"
  spawn window-manager openbox --sm-disable --startup "sh -c 'echo ready >$ready'" </dev/null
  read_announcement "$ready" >/dev/null || fail 'no window manager'
}

start_keyring() {
  local mode
  mode=$(cat "$PORTCULLIS_DESKTOP/keyring-mode") || fail 'this session has no keyring'
  local daemon=(gnome-keyring-daemon --foreground --components=secrets --control-directory="$XDG_RUNTIME_DIR/keyring")
  if [ "$mode" = fresh ]; then
    spawn keyring "${daemon[@]}" </dev/null
  else
    spawn keyring "${daemon[@]}" --unlock < <(printf %s "$PORTCULLIS_KEYRING_PASSWORD")
  fi
  wait_for_name org.freedesktop.secrets
  if [ "$mode" = locked ]; then "${BASH_SOURCE[0]%/lib/*}/bin/keyring.py" lock; fi
}
