"""Answers each crontab text on standard input with the next three times of APScheduler, or "refused"."""
import sys
from datetime import datetime, timedelta, timezone

from apscheduler.triggers.cron import CronTrigger

AFTER = datetime(2026, 11, 27, 20, tzinfo=timezone.utc)


def answer(text):
    try:
        trigger = CronTrigger.from_crontab(text, timezone.utc)
    except ValueError:
        return "refused"
    times, now = [], AFTER + timedelta(microseconds=1)
    while len(times) < 3:
        time = trigger.get_next_fire_time(None, now)
        if time is None:
            break
        times.append(time.strftime("%Y-%m-%dT%H:%M:%S"))
        now = time + timedelta(microseconds=1)
    return " ".join(times)


for line in sys.stdin:
    print(answer(line.rstrip("\n")))
