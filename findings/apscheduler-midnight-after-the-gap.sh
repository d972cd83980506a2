#!/usr/bin/env bash
# APScheduler 3.11.3: a daily job at midnight does not run on the day after the clock goes forward, and a monthly one not in April.
#
# CronTrigger(hour=0, minute=0) in New York, asked for one run after the other as its scheduler does, over the 14th of March
# 2027, whose clock skips the hour from 2:00. One guesses that a job at midnight does not notice, or that some run near the gap is off.
# It runs at the start of the 14th, and next at the start of the 16th: the 15th has none, a whole day after the gap. The
# same in Berlin, and for "0 0 * * *" as a crontab. Asked from any time behind the gap, the trigger does name the 15th: the
# answer depends on where it is asked from, so that a look at "the next run" by hand does not show the loss. A job at 1:00
# runs each day. A job at 0:00 of the first of each month has no run in April, neither in New York nor in Berlin: its search goes
# from March over the gap. croniter 6.2.4 has all midnights.
#
# Needs bash, python3 and pip. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv v
v/bin/pip -q --disable-pip-version-check install APScheduler==3.11.3 croniter==6.2.4 tzdata > pip.log 2>&1 || { cat pip.log; exit 1; }
cat > midnights.py <<'PYTHON'
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter


def run_after_run(zone, **fields):
    trigger = CronTrigger(minute=0, timezone=zone, **fields)
    now = datetime(2027, 3, {"New_York": 13, "Berlin": 27}[zone.key.split("/")[1]], 15, tzinfo=zone)
    if "day" in fields:
        now = now.replace(month=2)
    previous = None
    for _ in range(3):
        previous = trigger.get_next_fire_time(previous, previous or now)
        yield previous.strftime("%d.%m. %H:%M" if "day" in fields else "%d. %H:%M")


new_york = ZoneInfo("America/New_York")
print("New York at 0:00:", *run_after_run(new_york, hour=0), sep="  ")
print("New York at 1:00:", *run_after_run(new_york, hour=1), sep="  ")
print("Berlin at 0:00:", *run_after_run(ZoneInfo("Europe/Berlin"), hour=0), sep="  ")
for zone in (new_york, ZoneInfo("Europe/Berlin")):
    print("the first of the month:", *run_after_run(zone, day=1, hour=0), sep="  ")
noon = datetime(2027, 3, 14, 12, tzinfo=new_york)
trigger = CronTrigger.from_crontab("0 0 * * *", timezone=new_york)
print("asked at noon of the 14th:", trigger.get_next_fire_time(None, noon).strftime("%d. %H:%M"), sep="  ")
runs = croniter("0 0 * * *", datetime(2027, 3, 13, 15, tzinfo=new_york))
print("croniter:", *(runs.get_next(datetime).strftime("%d. %H:%M") for _ in range(3)), sep="  ")
PYTHON
v/bin/python midnights.py | tee seen
diff seen - <<'EXPECTED' && echo "as described: no run on the day after the gap"
New York at 0:00:  14. 00:00  16. 00:00  17. 00:00
New York at 1:00:  14. 01:00  15. 01:00  16. 01:00
Berlin at 0:00:  28. 00:00  30. 00:00  31. 00:00
the first of the month:  01.03. 00:00  01.05. 00:00  01.06. 00:00
the first of the month:  01.03. 00:00  01.05. 00:00  01.06. 00:00
asked at noon of the 14th:  15. 00:00
croniter:  14. 00:00  15. 00:00  16. 00:00
EXPECTED
