#!/bin/sh
# Runs a database server ("$@") and ends it when our standard input closes: the program that started us holds the
# other end, so the server never outlives it, whatever way the program ends.
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
echo "keeper: server $server"
(
  while read -r _ <&3; do :; done
  kill -TERM "$server"
  tenths=0
  while [ "$tenths" -lt 100 ] && kill -0 "$server"; do
    sleep 0.1
    tenths=$((tenths + 1))
  done
  kill -KILL "$server"
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
