package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.any;
import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.either;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.number;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.open;
import static io.actionscheduler.http.Schemas.orNull;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.time;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.http.ContentSchema;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Schema;

/** The shapes of what the API takes and gives. */
final class Shapes {
  static final int LONGEST_PAGE = 500;
  private static final int LONGEST_TEXT = 100_000;

  static final Schema ID =
      described(
          "A number for a row of the table, source:id for an action of a REST service.",
          either(whole(Long.MIN_VALUE, Long.MAX_VALUE), text(1, 500)));

  static final Schema SCHEDULE =
      described(
          "Crontab, an interval such as 5m, a date-time, or any form of docs/schedules.md as an"
              + " object.",
          either(text(1, 2_000), open()));

  static final Schema STATUS =
      described(
          "fires: it has a future time; never: it has none; disabled: it is paused; rejected:"
              + " its row cannot be understood.",
          oneOf("fires", "never", "disabled", "rejected"));

  static final ObjectSchema RETRY =
      new ObjectSchema("RetryPolicy")
          .optional("max_retries", whole(0, 1_000_000))
          .optional(
              "retry_delay",
              described("Seconds before the first retry.", number(0.001, 31_536_000)))
          .optional(
              "backoff_factor",
              described(
                  "Each further delay is the one before, multiplied by this.", number(1, 1_000)));

  static final ObjectSchema PAYLOAD =
      new ObjectSchema("Payload")
          .with("type", described("The name of a callback.", text(1, 500)))
          .andOthers();

  static final Schema OVERLAP = oneOf("queue", "skip", "allow");

  /** The members for the schedule, each as another service names it; one is enough. */
  private static ObjectSchema when(ObjectSchema job) {
    return job.optional("schedule_expr", SCHEDULE)
        .optional("cron_expression", described("The same as schedule_expr.", SCHEDULE));
  }

  /** The members for the callback, each as another service names it; one is enough. */
  private static ObjectSchema whereTo(ObjectSchema job) {
    return job.optional("payload", orNull(PAYLOAD))
        .optional("job_type", described("The same as payload.type.", orNull(text(1, 500))))
        .optional("callback", described("The same as payload.type.", orNull(text(1, 500))))
        .optional("parameters", described("The same as the rest of payload.", orNull(open())));
  }

  private static ObjectSchema rest(ObjectSchema job) {
    return job.optional(
            "command",
            described(
                "Handed to the callback; the job's name where it is left out.",
                text(0, LONGEST_TEXT)))
        .optional("timezone", orNull(text(1, 100)))
        .optional(
            "start_date",
            described(
                "The first moment at which it may fire; an interval counts from it.",
                orNull(text(1, 100))))
        .optional(
            "end_date", described("The last moment at which it may fire.", orNull(text(1, 100))))
        .optional(
            "jitter",
            described(
                "The longest delay of a fire after its scheduled time, in seconds.",
                orNull(whole(0, 1_000_000_000))))
        .optional("retry_policy", orNull(RETRY))
        .optional("owner_id", orNull(text(0, 1_000)))
        .optional("enabled", flag())
        .optional("merge_missed", orNull(flag()))
        .optional("actuality_time", orNull(whole(-1_000_000_000_000L, 1_000_000_000_000L)))
        .optional("overlap", orNull(OVERLAP))
        .optional(
            "calendar",
            described(
                "Calendars that it follows: a name excludes its times, only:name all others.",
                orNull(text(0, 1_000))));
  }

  static final ObjectSchema NEW_JOB =
      rest(whereTo(when(new ObjectSchema("NewJob").with("name", text(1, 1_000)))));

  static final ObjectSchema JOB_CHANGES =
      rest(whereTo(when(new ObjectSchema("JobChanges").optional("name", text(1, 1_000)))));

  private static ObjectSchema told(ObjectSchema job) {
    return job.with("id", ID)
        .with("name", text())
        .with("command", text())
        .with("timezone", described("The zone that is in force.", text()))
        .with("start_date", orNull(text()))
        .with("end_date", orNull(text()))
        .with("jitter", orNull(whole(Long.MIN_VALUE, Long.MAX_VALUE)))
        .with("retry_policy", orNull(RETRY))
        .with("owner_id", orNull(text()))
        .with("enabled", flag())
        .with("status", STATUS)
        .with("merge_missed", orNull(flag()))
        .with("actuality_time", orNull(whole(Long.MIN_VALUE, Long.MAX_VALUE)))
        .with("overlap", orNull(text()))
        .with("calendar", orNull(text()))
        .with("created_at", orNull(text()))
        .with("updated_at", orNull(text()))
        .with("next_run_at", orNull(time()))
        .with("last_run_at", orNull(time()))
        .with("last_run_status", orNull(text()))
        .with("problem", described("Why its row is rejected.", orNull(text())))
        .optional("warnings", listOf(text(), 20));
  }

  /** A job in the form of service A. */
  static final ObjectSchema JOB =
      told(
          new ObjectSchema("Job")
              .with("schedule_expr", described("As it was given.", any()))
              .with("payload", described("Its callback and its parameters.", open())));

  /** A job in the form of service B. */
  static final ObjectSchema SHORT_JOB =
      told(
          new ObjectSchema("ShortJob")
              .with("cron_expression", described("As it was given.", any()))
              .with("job_type", described("The name of its callback.", text()))
              .with("parameters", open()));

  /** What a write would do, where {@code dry_run} asks for that. */
  static final ObjectSchema PREVIEW =
      new ObjectSchema("Preview")
          .with("dry_run", flag())
          .with("job", described("As it would be; null where it is deleted.", orNull(open())))
          .with(
              "preview",
              described(
                  "Fire times, clock changes and the rule for missed fires before and after, and"
                      + " the busiest minute.",
                  orNull(open())));

  static final Schema PREVIEW_OR_JOB = either(PREVIEW, JOB);

  static final ObjectSchema RUN =
      new ObjectSchema("Run")
          .with("id", orNull(whole(0, Long.MAX_VALUE)))
          .with("job_id", ID)
          .with("job_name", text())
          .with("fire_id", text())
          .with("callback", text())
          .with(
              "status",
              oneOf(
                  "success",
                  "failed",
                  "expired",
                  "merged",
                  "skipped",
                  "superseded",
                  "dropped",
                  "excluded",
                  "running",
                  "retrying"))
          .with("cause", oneOf("schedule", "catch_up", "manual", "backfill"))
          .with("scheduled_at", time())
          .with(
              "last_scheduled_at",
              described("The last of a stretch of fires with the same outcome.", time()))
          .with("fires", whole(1, Long.MAX_VALUE))
          .with("started_at", orNull(time()))
          .with("finished_at", described("null: it has not ended.", orNull(time())))
          .optional("retry_at", described("When a run in retry is tried again.", orNull(time())))
          .with("duration", described("Seconds.", orNull(number(0, 1e12))))
          .with(
              "lateness",
              described("Seconds after its scheduled time.", orNull(number(-1e12, 1e12))))
          .with(
              "logs",
              described("What it printed, or what the target answered; 64 KiB at most.", text()))
          .optional(
              "rung",
              described(
                  "How a job that runs code was isolated, see docs/callbacks/code.md; null for"
                      + " others.",
                  orNull(whole(0, 4))))
          .with("error", orNull(text()))
          .with("retry_count", whole(0, Integer.MAX_VALUE))
          .with("missed_count", whole(0, Long.MAX_VALUE));

  static final ObjectSchema JOBS = paged("Jobs", "jobs", listOf(JOB, LONGEST_PAGE));
  static final ObjectSchema RUNS = paged("Runs", "runs", listOf(RUN, LONGEST_PAGE));
  static final Schema SHORT_JOBS = listOf(SHORT_JOB, 1_000_000);

  static final ObjectSchema OUTPUTS =
      new ObjectSchema("RunningOutputs")
          .with(
              "running",
              listOf(
                  new ObjectSchema("RunningOutput")
                      .with("fire_id", text())
                      .with("callback", text())
                      .with(
                          "bytes",
                          described("How much it has printed so far.", whole(0, Long.MAX_VALUE)))
                      .with("logs", described("The beginning and the end of it.", text())),
                  LONGEST_PAGE));

  static final ObjectSchema NEXT =
      new ObjectSchema("NextRuns")
          .with("job_id", ID)
          .with("timezone", text())
          .with("next", listOf(time(), 1_000));

  static final ObjectSchema STARTED =
      new ObjectSchema("StartedRun")
          .with("job_id", ID)
          .with("fire_id", text())
          .with("status", oneOf("running"))
          .with("scheduled_at", time())
          .with("message", text());

  /** No body at all. */
  static final Schema NOTHING = new ContentSchema("");

  private Shapes() {}

  private static ObjectSchema paged(String name, String member, Schema list) {
    return new ObjectSchema(name)
        .with(member, list)
        .with("total", whole(0, Long.MAX_VALUE))
        .with(
            "total_is_exact",
            described("false: there are more than total; counting stopped there.", flag()))
        .with("page", whole(1, Long.MAX_VALUE))
        .with("size", whole(1, LONGEST_PAGE))
        .with(
            "next_cursor", described("For the parameter cursor; null at the end.", orNull(text())));
  }
}
