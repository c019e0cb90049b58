# How the scripts speak, fail and end. Sourced, never run; the current folder is the project's.

say() {
  printf '%s\n' "$*"
}

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

child=

# Ends what the script is waiting for and then the script: nothing stays behind, whoever sends the signal.
stop_child() {
  trap - INT TERM
  if [ -n "$child" ]; then
    kill -TERM "$child" 2>/dev/null
    wait "$child" 2>/dev/null
  fi
  exit "$1"
}
trap 'stop_child 130' INT
trap 'stop_child 143' TERM

# Runs a command so that a signal can interrupt it; gives its exit code.
waited() {
  "$@" &
  child=$!
  code=0
  wait "$child" || code=$?
  child=
  return "$code"
}

# The same, with everything it says in a file: what a person needs to know is one sentence, said by the caller.
quietly() {
  waited "$@" >"$setup_log" 2>&1
}
