"""Answers each line "zone | from | to | minute hour day_of_month month_of_year day_of_week" on standard input with the times at which Celery's beat runs it.

Beat is followed on a clock of its own: it is asked at each full minute, as the scheduler asks it, whether the crontab is due since its last run. From and to are in UTC. The
times are in UTC, or "refused".
"""
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from celery import Celery
from celery.schedules import ParseException
from django_celery_beat.tzcrontab import TzAwareCrontab

app = Celery("dialects")
app.conf.timezone = "UTC"
clock = [None]


class Crontab(TzAwareCrontab):
    """As django_celery_beat makes it, with this clock."""

    def nowfunc(self):
        return clock[0].astimezone(self.tz)


def answer(zone, begin, end, text):
    minute, hour, day, month, weekday = text.split()
    try:
        crontab = Crontab(
            minute=minute, hour=hour, day_of_month=day, month_of_year=month, day_of_week=weekday, tz=ZoneInfo(zone), app=app
        )
    except (ValueError, ParseException):
        return "refused"
    clock[0] = last = datetime.fromisoformat(begin).replace(tzinfo=timezone.utc)
    until = datetime.fromisoformat(end).replace(tzinfo=timezone.utc)
    times = []
    while clock[0] < until:
        clock[0] += timedelta(minutes=1)
        try:
            is_due = crontab.is_due(last).is_due
        except RuntimeError:  # of a date that no month has
            return "refused"
        if is_due:
            last = clock[0]
            times.append(last.strftime("%Y-%m-%dT%H:%M"))
    return " ".join(times)


for line in sys.stdin:
    print(answer(*line.rstrip("\n").split(" | ")), flush=True)
