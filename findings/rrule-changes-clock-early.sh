#!/usr/bin/env bash
# rrule 2.8.1 (npm): with TZID, times shortly before a change of the clock are an hour off already.
#
# Daily at 01:30 in Berlin, over the 25th of October 2026, when the clock goes back at 03:00 (01:00 in UTC). 01:30 is before that and there
# only once: 23:30 in UTC. One guesses that a library trusted with half past two, which is there twice, has no trouble with it. It gives
# 00:30, an hour late. In spring, daily at 01:30 comes an hour early on the 28th of March 2027. The library takes the offset of the moment
# at which UTC shows the same figures: east of Greenwich the change comes too early by the offset, so that Sydney has ten such hours.
# A test in Europe/London, whose offset is zero before or after the change, shows nothing of it. luxon, with which the library does its zones, is right.
#
# Needs bash, node and npm; runs in UTC, as the library's page asks for. Installs into a temporary folder only. Ends with 0 when all is as
# stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund rrule@2.8.1 luxon@3.7.2 > npm.log 2>&1 || { cat npm.log; exit 1; }
cat > daily.mjs <<'JS'
import rrule from 'rrule';
import { DateTime } from 'luxon';

for (const [zone, first] of [
  ['Europe/Berlin', '20261024T013000'],
  ['Europe/Berlin', '20270327T013000'],
  ['Australia/Sydney', '20270403T010000'],
]) {
  const rule = rrule.rrulestr(`DTSTART;TZID=${zone}:${first}\nRRULE:FREQ=DAILY;COUNT=3`);
  const start = DateTime.fromISO(first, { zone });
  const right = [0, 1, 2].map((days) => start.plus({ days }).toJSDate());
  const utc = (all) => all.map((at) => at.toISOString().slice(8, 16)).join(' ');
  console.log(`${zone} ${first}  rrule ${utc(rule.all())}  luxon ${utc(right)}`);
}
JS
TZ=UTC node daily.mjs > seen
echo "in UTC, day and time:"
cat seen
diff seen - <<'EXPECTED' && echo "as described: an hour off before the change"
Europe/Berlin 20261024T013000  rrule 23T23:30 25T00:30 26T00:30  luxon 23T23:30 24T23:30 26T00:30
Europe/Berlin 20270327T013000  rrule 27T00:30 27T23:30 28T23:30  luxon 27T00:30 28T00:30 28T23:30
Australia/Sydney 20270403T010000  rrule 02T14:00 03T15:00 04T15:00  luxon 02T14:00 03T14:00 04T15:00
EXPECTED
