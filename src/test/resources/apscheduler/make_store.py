"""Makes a job store with APScheduler 3 and says when each of its jobs runs next, one JSON object a line.

python make_store.py sqlite:///store.db PROTOCOL [AFTER COUNT]

store-2.sqlite and store-5.sqlite beside this file were made by it with APScheduler 3.11.3, SQLAlchemy 2.1.1 and Python 3.11, and lack the
jobs near midnight.
"""
import json
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.combining import AndTrigger, OrTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

url, protocol = sys.argv[1], int(sys.argv[2])
berlin = ZoneInfo("Europe/Berlin")
scheduler = BackgroundScheduler(
    timezone=berlin, jobstores={"default": SQLAlchemyJobStore(url=url, pickle_protocol=protocol)})
scheduler.start(paused=True)
f = "os:getcwd"


def add(function, trigger, **more):
    return scheduler.add_job(function, trigger, **more)


add("os:listdir", CronTrigger(day_of_week="mon-fri", hour="9-17/2", minute="*/20", timezone=berlin),
    id="office", args=["/tmp"], misfire_grace_time=300, coalesce=True)
add(f, CronTrigger(day="last,1st mon", hour=2, minute=30, timezone=ZoneInfo("Asia/Tokyo"), start_date="2026-01-01",
                   end_date=datetime(2030, 1, 1, tzinfo=timezone.utc), jitter=30),
    id="ends", coalesce=False, max_instances=3)
add(f, CronTrigger.from_crontab("0 9 */2 jan-mar,12 1,sun", timezone=timezone.utc), id="crontab", misfire_grace_time=None)
add("builtins:print", IntervalTrigger(hours=1, minutes=30, start_date=datetime(2026, 11, 1, 10, tzinfo=berlin), timezone=berlin),
    id="0123456789abcdef0123456789abcdef", args=["a", 1, None, True, 2.5, [1, {"x": (1, 2)}]],
    kwargs={"sep": "é", "end": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)}, name="Every so often")
add(f, DateTrigger(datetime(2028, 5, 5, 10, tzinfo=berlin)), id="once")
add(f, OrTrigger([CronTrigger(hour=8, timezone=berlin), CronTrigger(hour="8,20", minute="0,30", timezone=berlin)]), id="or")
add(f, AndTrigger([CronTrigger(hour=8, timezone=berlin), CronTrigger(minute=0, timezone=berlin)]), id="and")
add(f, CronTrigger(week="1-10/3", day_of_week=4, second="*/30", timezone=berlin), id="paused").pause()
add(f, IntervalTrigger(minutes=5, end_date="2040-01-01", timezone=berlin), id="interval that ends")
add("builtins:print", CronTrigger(hour=3, timezone=berlin), id="bytes", args=[b"raw"])
add(f, CronTrigger(day="1-7,last sat,2nd sun,20-31/3", hour="1-4/3,23", minute="10/25", timezone=berlin), id="days")
add(f, CronTrigger(hour=2, minute="0,30", timezone=berlin), id="half past two")
add(f, CronTrigger(minute="*/20", timezone=berlin), id="each hour")

for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"):
    for number, fields in enumerate((
            {"hour": 0}, {"hour": 0, "minute": "10,45"}, {"day": 1, "hour": 0}, {"day": "1,last", "hour": "0,1,23"},
            {"day_of_week": "mon", "hour": 0}, {"day_of_week": "sat,sun", "hour": "0-3", "minute": "*/25"},
            {"month": "4,10", "hour": 0, "minute": 30}, {"week": "13-14", "hour": 0}, {"day": "2nd sun", "hour": 2},
            {"month": 4}, {"hour": "*/5"}, {"minute": 59, "second": "*/40"})):
        add(f, CronTrigger(timezone=ZoneInfo(zone), **fields), id=f"near midnight {number} {zone}")

if len(sys.argv) > 3:
    after, count = datetime.fromisoformat(sys.argv[3]), int(sys.argv[4])
    for job in scheduler.get_jobs():
        if isinstance(job.trigger, AndTrigger):
            continue  # asked with a time before, it may look for ever
        times, previous = [], None
        while len(times) < count:
            time = job.trigger.get_next_fire_time(previous, previous or after)
            if time is None:
                break
            if job.trigger.__class__.__name__ != "OrTrigger" and getattr(job.trigger, "jitter", None):
                job.trigger.jitter = None
                continue
            times.append(int(time.timestamp()))
            previous = time
        print(json.dumps({"id": job.id, "times": times}))
scheduler.shutdown()
