# The clock of a test run: every process of the run lives at one date in the city, whatever the day is outside.

# Beijing time: a Monday of an ordinary working week, with the next year's holidays not announced yet.
test_moment='2026-11-30 09:30'

# Sets test_moment from the arguments of --on; fails with a sentence when it is no date.
read_test_moment() {
  case $1 in
    ????-??-??) test_moment="$1 09:30" ;;
    ????-??-??' '??:??) test_moment=$1 ;;
    *) fail "--on wants a date of the city, 2027-02-28 or '2027-02-28 23:50', but it is '$1'." ;;
  esac
  TZ=Asia/Shanghai date -d "$test_moment" >/dev/null 2>&1 || fail "There is no such date: $1."
}

find_clock_library() {
  for clock_library in /usr/lib/*/faketime/libfaketimeMT.so.1 /usr/lib/faketime/libfaketimeMT.so.1; do
    [ -f "$clock_library" ] && return
  done
  return 1
}

# Shifts the clock of what is started from here on. Only the date moves: what measures durations stays true.
set_test_clock() {
  find_clock_library || fail "The tests need libfaketime. Install it first, on Debian: apt-get install libfaketime"
  ahead=$(($(TZ=Asia/Shanghai date -d "$test_moment" +%s) - $(date +%s)))
  case $ahead in -*) FAKETIME="${ahead}s" ;; *) FAKETIME="+${ahead}s" ;; esac
  # Without the last one the waits of the database and the browser end at once, and they turn in circles
  export FAKETIME FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_FORCE_MONOTONIC_FIX=0 LD_PRELOAD="$clock_library"
}
