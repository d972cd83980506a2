package io.actionscheduler.bench;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time from the text of a schedule that never fires to knowing that. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NeverFiresBench {
  /** The row of {@link #neverFires} in microseconds, at most. */
  static final double TARGET = 10_000;

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @Param({
    "0 0 30 2 *",
    "0 0 31 2 *",
    "* * * 31 4-6/2,9,11 *",
    "{\"format\": \"quartz\", \"params\": {\"value\": \"0 0 0 1 1 ? 2019\"}}",
    "{\"format\": \"quartz\", \"params\": {\"value\": \"* * * 29 2 ? 2027\"}}",
    "{\"format\": \"apscheduler\", \"params\": {\"second\": \"*\", \"year\": \"2019\"}}",
    "{\"format\": \"apscheduler\", \"params\": {\"month\": \"2\", \"day\": \"5th mon\", \"year\": \"2026-2043\"}}"
  })
  public String cron;

  private final CronReader reader =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));

  @Benchmark
  public Schedule neverFires() throws InvalidSchedule {
    Schedule schedule = reader.read(cron, ZONE).schedule();
    schedule
        .next(NOW)
        .ifPresent(
            at -> {
              throw new IllegalStateException(cron + " fires at " + at);
            });
    return schedule;
  }
}
