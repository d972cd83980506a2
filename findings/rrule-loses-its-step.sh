#!/usr/bin/env bash
# rrule 2.8.1 (npm): every 45 minutes within named hours is out of step from the second day on, and BYSETPOS counts from the start in the first week.
#
# 1. FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10 from 9:00. A day has 32 times 45 minutes, so that each day has 9:00, 9:45 and 10:30: so answer python-dateutil 2.8.2,
#    of which rrule is a port, and ical.js 2.2.1. rrule has 9:15 on the second day and 9:30 on the third. BYHOUR may only leave dates out
#    (RFC 5545, 3.3.10): without it rrule has 9:00 each day. Steps that divide the hour, and 40 minutes, are right.
# 2. FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2, the second of three days of each week, from a Wednesday. One guesses that Wednesday and each further one: positions count
#    within the week. rrule begins on Friday: in the first week it counts from the start of the rule. python-dateutil does so too. rrule-temporal 2.2.8 begins on Wednesday.
# What to do: name the times themselves where the step does not divide an hour, and start such a rule on the first day of a week.
#
# Needs bash, node, npm, python3 and apt-get download on Debian 12. Installs into a temporary folder only. Ends with 0 when all is as stated above,
# with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund rrule@2.8.1 ical.js@2.2.1 rrule-temporal@2.2.8 @js-temporal/polyfill@0.5.1 > npm.log 2>&1 || { cat npm.log; exit 1; }
apt-get -qq download python3-dateutil=2.8.2-2 python3-six=1.16.0-4 > apt.log 2>&1 || { cat apt.log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" debian; done
cat > rules.mjs <<'JS'
import ICAL from 'ical.js';
import rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';

const shown = 8;
const utc = (all) => all.map((at) => at.toISOString().slice(8, 16)).join(' ');
for (const [start, rule] of [
  ['20270101T090000', 'FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10'],
  ['20270101T090000', 'FREQ=MINUTELY;INTERVAL=40;BYHOUR=9,10'],
  ['20270106T090000', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2'],
]) {
  const ported = rrule.rrulestr(`DTSTART:${start}Z\nRRULE:${rule}`);
  console.log(rule, 'rrule', utc(ported.all((_, i) => i < shown)));
  if (rule.includes('=45')) {
    const free = rrule.rrulestr(`DTSTART:${start}Z\nRRULE:${rule.replace(/;BYHOUR.*/, '')}`).all((_, i) => i < 100);
    console.log(rule, 'rrule without BYHOUR', utc(free.filter((at) => [9, 10].includes(at.getUTCHours())).slice(0, shown)));
    const each = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString('2027-01-01T09:00:00'));
    console.log(rule, 'ical.js', Array.from({ length: shown }, () => each.next().toString().slice(8, 16)).join(' '));
  } else if (rule.includes('WEEKLY')) {
    const other = new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:${start}\nRRULE:${rule};COUNT=${shown}` });
    console.log(rule, 'rrule-temporal', other.all().map((at) => at.toString().slice(8, 16)).join(' '));
  }
}
JS
cat > rules.py <<'PY'
from itertools import islice

from dateutil.rrule import rrulestr

for start, rule in [("20270101T090000", "FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10"), ("20270106T090000", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2")]:
    times = islice(rrulestr(f"DTSTART:{start}\nRRULE:{rule}"), 8)
    print(rule, "dateutil", *(at.strftime("%dT%H:%M") for at in times))
PY
{ TZ=UTC node rules.mjs; PYTHONPATH=debian/usr/lib/python3/dist-packages python3 rules.py; } > seen
cat seen
diff seen - <<'EXPECTED' && echo "as described: out of step, and a first week of its own"
FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10 rrule 01T09:00 01T09:45 01T10:30 02T09:15 02T10:00 02T10:45 03T09:30 03T10:15
FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10 rrule without BYHOUR 01T09:00 01T09:45 01T10:30 02T09:00 02T09:45 02T10:30 03T09:00 03T09:45
FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10 ical.js 01T09:00 01T09:45 01T10:30 02T09:00 02T09:45 02T10:30 03T09:00 03T09:45
FREQ=MINUTELY;INTERVAL=40;BYHOUR=9,10 rrule 01T09:00 01T09:40 01T10:20 02T09:00 02T09:40 02T10:20 03T09:00 03T09:40
FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2 rrule 08T09:00 13T09:00 20T09:00 27T09:00 03T09:00 10T09:00 17T09:00 24T09:00
FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2 rrule-temporal 06T09:00 13T09:00 20T09:00 27T09:00 03T09:00 10T09:00 17T09:00 24T09:00
FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10 dateutil 01T09:00 01T09:45 01T10:30 02T09:00 02T09:45 02T10:30 03T09:00 03T09:45
FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2 dateutil 08T09:00 13T09:00 20T09:00 27T09:00 03T09:00 10T09:00 17T09:00 24T09:00
EXPECTED
