#!/usr/bin/env bash
# croniter 6.2.4: a daily time comes twice in the night in which the clock goes back, and at midnight where a day is left out.
#
# 30 2 * * * in Berlin on the 25th of October 2026, when 02:30 is there at 00:30 and at 01:30 in UTC. One guesses one run, as cron, cronie and
# systemd make, since a fixed time is meant once a day; croniter gives both, an hour apart, and get_prev agrees. In spring it does what cron
# does: 02:30, which is skipped, becomes 03:00, once. So whoever tested the night in March believes the rules to be those of cron.
# Where a country leaves out a whole day (Samoa, 30 December 2011), noon of the day that never was comes at the midnight that follows.
#
# Needs bash and Python 3.9 or later with pip. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check croniter==6.2.4 tzdata==2026.4 > pip.log 2>&1 || { cat pip.log; exit 1; }
cat > daily.py <<'PY'
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from croniter import croniter

for text, zone, after in [
    ("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00"),
    ("30 2 * * *", "Europe/Berlin", "2027-03-27T12:00"),
    ("0 12 * * *", "Pacific/Apia", "2011-12-28T13:00"),
]:
    times = croniter(text, datetime.fromisoformat(after).replace(tzinfo=ZoneInfo(zone)))
    ahead = [times.get_next(datetime) for _ in range(4)]
    times = croniter(text, ahead[-1])
    back = [times.get_prev(datetime) for _ in range(3)][::-1]
    shown = [at.astimezone(timezone.utc).strftime("%dT%H:%M") for at in ahead]
    print(text, zone, *shown, "get_prev agrees" if back == ahead[:-1] else "get_prev differs")
PY
venv/bin/python daily.py > seen
echo "in UTC, day and time:"
cat seen
diff seen - <<'EXPECTED' && echo "as described: twice in the night, and a midnight for noon"
30 2 * * * Europe/Berlin 25T00:30 25T01:30 26T01:30 27T01:30 get_prev agrees
30 2 * * * Europe/Berlin 28T01:00 29T00:30 30T00:30 31T00:30 get_prev agrees
0 12 * * * Pacific/Apia 29T22:00 30T10:00 30T22:00 31T22:00 get_prev agrees
EXPECTED
