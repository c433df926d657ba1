# The processes of the desktop. Each part runs in a process group of its own, noted in pids/PART, so that it is
# ended as a whole and by id; nothing is ever ended by name.

part_pid() {
  cat "$PORTCULLIS_DESKTOP/pids/$1"
}

# spawn PART COMMAND...: in the background, with a log of its own; standard input is passed on
# (said explicitly, or bash would give a background command /dev/null).
spawn() {
  local part=$1
  shift
  setsid "$@" <&0 >>"$PORTCULLIS_DESKTOP/log/$part.log" 2>&1 &
  echo $! >"$PORTCULLIS_DESKTOP/pids/$part"
  disown $!
}

any_alive() {
  local pid
  for pid in "$@"; do kill -0 -- -"$pid" 2>/dev/null && return 0; done
  return 1
}

# end_groups PID...: asks all of them politely, insists after 3 s.
end_groups() {
  local pid give_up_at=$((SECONDS + 3))
  for pid in "$@"; do
    kill -TERM -- -"$pid" 2>/dev/null
    kill -CONT -- -"$pid" 2>/dev/null
  done
  while any_alive "$@" && [ $SECONDS -lt $give_up_at ]; do sleep 0.02; done
  for pid in "$@"; do kill -KILL -- -"$pid" 2>/dev/null; done
  return 0
}

running_parts() {
  cat "$PORTCULLIS_DESKTOP"/pids/* 2>/dev/null
}

# fail MESSAGE: the desktop cannot be built; shows the end of every log.
fail() {
  echo "desktop: $1" >&2
  tail -n 5 "$PORTCULLIS_DESKTOP"/log/*.log >&2
  exit 70
}

# read_announcement PIPE: the line a starting process writes to the named pipe when it is ready.
read_announcement() {
  local line=
  read -r -t 120 line <>"$1" || return 1
  rm -f "$1"
  echo "$line"
}

wait_for_name() {
  gdbus wait --session --timeout 120 "$1" || fail "nobody took the bus name $1"
}
