#!/usr/bin/env bash
# systemd's calendar events: days with a step and no end lose the first days of January, and the hour that a clock repeats has no "hourly".
#
# 1. systemd.time(7): "/" adds all multiples of the repetition value. So *-*-1/9 is the 1st, 10th, 19th and 28th of each month. After 28 December, systemd
#    252 goes on with the 10th of January: the 1st is lost, in every year. With an end (*-*-1..31/9) it is there. Behind the last day of December the search tries
#    day 28+9 = 37, which becomes 6 January, and goes on from there.
# 2. In the night in which 03:00 becomes 02:00, "hourly" elapses at the first 02:00 and then at 03:00: two hours apart. crontab's "0 * * * *" runs each real
#    hour. Which of both a time in that hour is depends on how the event is written: of Sun *-10-29..31 02:20 it is the first, of *-3,10~3 02:20 the second one.
#
# Needs bash and apt-get of Debian 12. Unpacks its package systemd 252.39-1~deb12u2, with the libraries that it needs, into a temporary folder; installs
# nothing, and systemd need not run. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
version=252.39-1~deb12u2
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; chmod 755 "$work"; cd "$work"
libraries=$(apt-cache depends "systemd=$version" | sed -nE 's/^ *(Pre)?-?Depends: (lib[-a-z0-9.+]+)$/\2/p' | grep -v '^libsystemd-shared$' | sort -u)
apt-get -qq download "systemd=$version" "libsystemd-shared=$version" $libraries > download.log 2>&1 || { cat download.log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
folders=$(find root -name '*.so*' -printf "$work/%h\n" | sort -u | paste -sd:)
analyze() { TZ=$1 LC_ALL=C LD_LIBRARY_PATH=$folders "$work/root/usr/bin/systemd-analyze" "${@:2}"; }
next() { # event, from, how many, zone
  analyze "$4" calendar --iterations="$3" --base-time="$2" "$1" |
    sed -nE 's/^ *(\(in UTC\)|Next elapse|Iter\. #[0-9]+): [A-Za-z]{3} ([-0-9]+ [:0-9]+) UTC$/\2/p' | paste -sd,
}
analyze UTC --version | head -1
failed=0
expect() { # what, expected, seen
  printf '%s: %s\n' "$1" "$3"
  [ "$2" = "$3" ] || { echo "  expected: $2"; failed=1; }
}
expect '*-*-1/9 after 25 December' '2027-12-28 00:00:00,2028-01-10 00:00:00' "$(next '*-*-1/9' '2027-12-25 UTC' 2 UTC)"
expect '*-*-1..31/9 after 25 December' '2027-12-28 00:00:00,2028-01-01 00:00:00' "$(next '*-*-1..31/9' '2027-12-25 UTC' 2 UTC)"
expect '*-*-2/9 after 25 December' '2027-12-29 00:00:00,2028-01-11 00:00:00' "$(next '*-*-2/9' '2027-12-25 UTC' 2 UTC)"
expect 'hourly in the night of 31 October 2027, Berlin' '2027-10-31 00:00:00,2027-10-31 02:00:00' "$(next hourly '2027-10-30 23:30 UTC' 2 Europe/Berlin)"
expect 'Sun *-10-29..31 2:0/20 in 2028, Berlin' '2028-10-29 00:00:00,2028-10-29 00:20:00,2028-10-29 00:40:00' "$(next 'Sun *-10-29..31 2:0/20' '2028-04-28 UTC' 3 Europe/Berlin)"
expect 'the same days as *-3,10~3 2:0/20' '2028-10-29 00:00:00,2028-10-29 01:20:00,2028-10-29 01:40:00' "$(next '*-3,10~3 2:0/20' '2028-04-28 UTC' 3 Europe/Berlin)"
exit $failed
