package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.time;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.app.view.ChangePreview;
import io.actionscheduler.app.view.OutageForecast;
import io.actionscheduler.app.view.WeekPlan;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.text.IsoTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is planned: the fires of a week, minute by minute, and the effect of an outage on them. */
final class PlanRoutes {
  private static final int BUSIEST = 20;
  private static final int MOST_SHARES = 200;
  private static final Duration LONGEST_OUTAGE = Duration.ofDays(366);

  private static final ObjectSchema MINUTE =
      new ObjectSchema("PlannedMinute")
          .with("minute", time())
          .with("fires", whole(0, Long.MAX_VALUE));
  private static final ObjectSchema WEEK =
      new ObjectSchema("PlannedWeek")
          .with("begin", time())
          .with("timezone", text())
          .with("jobs", described("Jobs that are not paused.", whole(0, Long.MAX_VALUE)))
          .with(
              "fires",
              described(
                  "Of each minute from begin on: 10,080, an hour more or less where clocks change.",
                  listOf(whole(0, Long.MAX_VALUE), 20_000)))
          .with("busiest", listOf(MINUTE, BUSIEST))
          .with(
              "schedules_left_out",
              described(
                  "Not counted, as they take too long to walk through; 0 as a rule.",
                  whole(0, Long.MAX_VALUE)))
          .with(
              "jobs_left_out",
              described("Jobs that have these schedules.", whole(0, Long.MAX_VALUE)));
  private static final ObjectSchema SHARE =
      new ObjectSchema("PlannedShare")
          .with("job_id", Shapes.ID)
          .with("name", text())
          .with("schedule_expr", text())
          .with("fires", whole(1, Long.MAX_VALUE));
  private static final ObjectSchema SHARES =
      new ObjectSchema("PlannedShares")
          .with("minute", time())
          .with("jobs", listOf(SHARE, MOST_SHARES));

  private static final ObjectSchema OUTAGE_SHARE =
      new ObjectSchema("OutageShare")
          .with("job_id", Shapes.ID)
          .with("name", text())
          .with("missed_fires", described("Its rule for missed fires, in words.", text()))
          .all(counts(new ObjectSchema("OutageCounts")));
  private static final ObjectSchema OUTAGE =
      counts(new ObjectSchema("Outage"))
          .with("from", time())
          .with("to", time())
          .with("jobs_concerned", whole(0, Long.MAX_VALUE))
          .with("jobs", described("The jobs with most fires.", listOf(OUTAGE_SHARE, MOST_SHARES)));

  private static ObjectSchema counts(ObjectSchema schema) {
    return schema
        .with("due", whole(0, Long.MAX_VALUE))
        .with(
            "delivered",
            described("Fires that start when the outage ends.", whole(0, Long.MAX_VALUE)))
        .with("merged", whole(0, Long.MAX_VALUE))
        .with("expired", whole(0, Long.MAX_VALUE));
  }

  private final Jobs jobs;
  private final ZoneId zone;
  private final Optional<Long> catchUpMax;

  PlanRoutes(Jobs jobs, ZoneId zone, Optional<Long> catchUpMax) {
    this.jobs = jobs;
    this.zone = zone;
    this.catchUpMax = catchUpMax;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, "/api/v1/plan/week")
            .needs(Right.READ)
            .summary("How many fires are planned in each minute of a week.")
            .parameter("day", described("A day of the week; today without it.", text(10, 10)))
            .parameter("timezone", text(1, 100))
            .gives(200, WEEK)
            .by(this::week),
        Route.of(Method.GET, "/api/v1/plan/minute")
            .needs(Right.READ)
            .summary("Which jobs fire in a minute.")
            .parameter("at", described("The beginning of the minute, with an offset.", text(1, 40)))
            .gives(200, SHARES)
            .by(this::minute),
        Route.of(Method.GET, "/api/v1/plan/outage")
            .needs(Right.READ)
            .summary("What would happen to fires if the scheduler were down for a while.")
            .parameter("from", described("The beginning, with an offset.", text(1, 40)))
            .parameter("to", described("The end, with an offset.", text(1, 40)))
            .parameter("size", whole(1, MOST_SHARES))
            .gives(200, OUTAGE)
            .by(this::outage));
  }

  private Answer week(Call call) throws Problem {
    ZoneId shown = zone(call);
    LocalDate day;
    try {
      day =
          call.text("day")
              .map(LocalDate::parse)
              .orElseGet(() -> LocalDate.ofInstant(jobs.now(), shown));
    } catch (DateTimeException e) {
      throw Problem.of(400, "day: is not a date; write 2026-11-30");
    }
    if (day.getYear() < 1970 || day.getYear() > 2199) {
      throw Problem.of(400, "day: allowed are the years 1970 to 2199");
    }
    WeekPlan plan = WeekPlan.of(jobs.inForce(), day, shown);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("begin", IsoTime.text(plan.begin(), shown));
    body.put("timezone", shown.getId());
    body.put("jobs", plan.enabled());
    body.put("fires", Arrays.stream(plan.fires()).boxed().toList());
    body.put(
        "busiest", plan.busiest(BUSIEST).stream().map(minute -> minute(minute, shown)).toList());
    body.put("schedules_left_out", plan.leftOut().schedules());
    body.put("jobs_left_out", plan.leftOut().actions());
    return Answer.ok(body);
  }

  private static Map<String, Object> minute(WeekPlan.Minute minute, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("minute", IsoTime.text(minute.begin(), zone));
    item.put("fires", minute.fires());
    return item;
  }

  private Answer minute(Call call) throws Problem {
    Instant at = instant(call, "at");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("minute", IsoTime.text(at, zone));
    body.put(
        "jobs",
        WeekPlan.during(jobs.inForce(), at, MOST_SHARES).stream().map(PlanRoutes::share).toList());
    return Answer.ok(body);
  }

  private static Map<String, Object> share(WeekPlan.Share share) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("job_id", RunView.id(share.action().id()));
    item.put("name", share.action().name());
    item.put("schedule_expr", share.action().timing().written());
    item.put("fires", share.fires());
    return item;
  }

  private Answer outage(Call call) throws Problem {
    Instant from = instant(call, "from");
    Instant to = instant(call, "to");
    if (!from.isBefore(to)) {
      throw Problem.of(400, "to: is not later than from");
    }
    if (from.plus(LONGEST_OUTAGE).isBefore(to)) {
      throw Problem.of(400, "to: is more than " + LONGEST_OUTAGE.toDays() + " days after from");
    }
    OutageForecast forecast = OutageForecast.of(jobs.inForce(), catchUpMax, from, to);
    long size = call.whole("size").orElse((long) MOST_SHARES);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("from", IsoTime.text(from, zone));
    body.put("to", IsoTime.text(to, zone));
    put(body, forecast.due(), forecast.delivered(), forecast.merged(), forecast.expired());
    body.put("jobs_concerned", (long) forecast.actions().size());
    body.put("jobs", forecast.actions().stream().limit(size).map(PlanRoutes::outage).toList());
    return Answer.ok(body);
  }

  private static Map<String, Object> outage(OutageForecast.Share share) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("job_id", RunView.id(share.action().id()));
    item.put("name", share.action().name());
    item.put("missed_fires", ChangePreview.words(share.action().policy().missed()));
    put(item, share.due(), share.delivered(), share.merged(), share.expired());
    return item;
  }

  private static void put(
      Map<String, Object> body, long due, long delivered, long merged, long expired) {
    body.put("due", due);
    body.put("delivered", delivered);
    body.put("merged", merged);
    body.put("expired", expired);
  }

  private static Instant instant(Call call, String parameter) throws Problem {
    String text =
        call.text(parameter)
            .orElseThrow(
                () -> Problem.of(400, parameter + ": is missing; write 2026-11-30T03:00:00Z"));
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw Problem.of(
          400, parameter + ": is not a time with an offset; write 2026-11-30T03:00:00Z");
    }
  }

  private ZoneId zone(Call call) throws Problem {
    Optional<String> name = call.text("timezone");
    try {
      return name.map(ZoneId::of).orElse(zone);
    } catch (DateTimeException e) {
      throw Problem.of(400, "timezone: is unknown; write Europe/Berlin or UTC");
    }
  }
}
