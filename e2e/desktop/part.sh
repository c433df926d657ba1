#!/bin/bash
# Starts and stops single parts of the desktop that session.sh is running; for tests of what happens then.
#
#   part.sh start|stop|restart|freeze|thaw PART
#
# PART: keyring, notifications, tray, settings, a11y, bus. `stop` and `start` wait until it has happened.
# `freeze` makes a part hang (it keeps its bus name and answers nothing) until `thaw`.
set -uo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -eq 2 ] || { sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2 && exit 64; }
[ -n "${PORTCULLIS_DESKTOP:-}" ] || { echo 'part.sh: not inside a session.sh desktop' >&2 && exit 69; }
source "$HERE/lib/processes.sh"
source "$HERE/lib/parts.sh"

case $1 in
  start) start_part "$2" ;;
  stop) stop_part "$2" ;;
  restart) stop_part "$2" && start_part "$2" ;;
  freeze) kill -STOP -- -"$(part_pid "$2")" ;;
  thaw) kill -CONT -- -"$(part_pid "$2")" ;;
  *) echo "part.sh: unknown command $1" >&2 && exit 64 ;;
esac
