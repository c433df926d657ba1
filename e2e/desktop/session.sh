#!/bin/bash
# Runs a command inside a private, throw-away Linux desktop and takes the desktop down again afterwards.
#
#   session.sh [options] [--] COMMAND [ARGS...]
#
#   --keyring unlocked|locked|fresh|none   the OS keychain (default unlocked; fresh: running, no keyring yet)
#   --notify xfce|none                     the notification daemon (default xfce, which draws buttons)
#   --tray xfce|none                       the StatusNotifierItem host (default xfce)
#   --a11y                                 accessibility bus, so that buttons can be found by their label
#   --prompter                             let the keyring ask for its password on the screen
#   --screen WIDTHxHEIGHTxDEPTH            default 1280x800x24
#   --timeout SECONDS                      end COMMAND after this long (exit status 124)
#   --keep                                 keep the session folder (logs, home) and say where it is
#
# The desktop has its own X display, session bus, home folder and keyring. The bus activates nothing by itself, so
# what is not started here is really absent. COMMAND finds DISPLAY, DBUS_SESSION_BUS_ADDRESS, HOME, XDG_* and
# PORTCULLIS_DESKTOP (the session folder) in its environment; part.sh starts and stops single parts while it runs.
# Exit status: that of COMMAND, or 70 when the desktop could not be built.
set -uo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}" >&2
  exit 64
}

keyring=unlocked notify=xfce tray=xfce screen=1280x800x24 time_limit=0 a11y= prompter= keep=
while [ $# -gt 0 ]; do
  case $1 in
    --keyring) keyring=${2:-} && shift 2 ;;
    --notify) notify=${2:-} && shift 2 ;;
    --tray) tray=${2:-} && shift 2 ;;
    --screen) screen=${2:-} && shift 2 ;;
    --timeout) time_limit=${2:-} && shift 2 ;;
    --a11y) a11y=yes && shift ;;
    --prompter) prompter=yes && shift ;;
    --keep) keep=yes && shift ;;
    --) shift && break ;;
    -*) echo "session.sh: unknown option $1" >&2 && usage ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || usage
case $keyring in unlocked | locked | fresh | none) ;; *) usage ;; esac
case $notify in xfce | none) ;; *) usage ;; esac
case $tray in xfce | none) ;; *) usage ;; esac

# In /tmp and short, because a unix socket's path may have no more than 107 characters.
PORTCULLIS_DESKTOP=$(mktemp -d /tmp/portcullis-desktop.XXXXXX)
export PORTCULLIS_DESKTOP
source "$HERE/lib/environment.sh"
source "$HERE/lib/processes.sh"
source "$HERE/lib/parts.sh"

command_pid=
take_down() {
  trap - EXIT INT TERM HUP
  # The command first, so that it sees no desktop falling apart around it.
  [ -z "$command_pid" ] || end_groups "$command_pid"
  # shellcheck disable=SC2046 # one word per process id is what is meant
  end_groups $(running_parts)
  if [ -n "$keep" ]; then
    echo "session.sh: kept $PORTCULLIS_DESKTOP" >&2
  else
    rm -rf "$PORTCULLIS_DESKTOP"
  fi
}
trap take_down EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

make_private_environment
DESKTOP_SCREEN=$screen start_part display && export_display
start_part bus
if [ -n "$a11y" ]; then
  allow_accessibility
  start_part a11y
fi
start_part window-manager
[ -z "$prompter" ] || start_part prompter
if [ "$keyring" != none ]; then
  choose_keyring "$keyring"
  start_part keyring
fi
if [ "$notify" = xfce ] || [ "$tray" = xfce ]; then start_part settings; fi
[ "$notify" = none ] || start_part notifications
[ "$tray" = none ] || start_part tray

if [ "$time_limit" -gt 0 ]; then
  setsid timeout --kill-after=5 "$time_limit" "$@" &
else
  setsid "$@" &
fi
command_pid=$!
wait "$command_pid"
status=$?
[ "$status" -ne 124 ] || [ "$time_limit" -eq 0 ] || echo "session.sh: ended after $time_limit s" >&2
exit "$status"
