package io.actionscheduler.bench;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.quartz.CronExpression;

/**
 * The time that one fire time takes to find, over ten expressions and 10,000 random instants, ours
 * beside Quartz's on the same expressions and instants.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScheduleBench {
  private static final int INSTANTS = 10_000;
  private static final long SEED = 20_261_120;
  private static final long FROM = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond();
  private static final long TO = Instant.parse("2040-01-01T00:00:00Z").getEpochSecond();

  /** Each of ours beside the same in Quartz's words. */
  private static final Map<String, String> EXPRESSIONS =
      Map.of(
          "* * * * *", "0 * * * * ?",
          "*/5 * * * *", "0 */5 * * * ?",
          "0 * * * *", "0 0 * * * ?",
          "0 0 * * *", "0 0 0 * * ?",
          "30 3 * * *", "0 30 3 * * ?",
          "0 9-17 * * 1-5", "0 0 9-17 ? * MON-FRI",
          "15 14 1 * *", "0 15 14 1 * ?",
          "0 0 1 1 *", "0 0 0 1 1 ?",
          "0 22 * * 1-5", "0 0 22 ? * MON-FRI",
          "5 4 * * 0", "0 5 4 ? * SUN");

  @Param({"UTC", "Europe/Berlin"})
  public String zone;

  private Instant[] instants;
  private Date[] dates;
  private Schedule[] schedules;
  private CronExpression[] quartz;

  @Setup
  public void prepare() throws InvalidSchedule, ParseException {
    Random random = new Random(SEED);
    instants = new Instant[INSTANTS];
    dates = new Date[INSTANTS];
    for (int i = 0; i < INSTANTS; i++) {
      instants[i] = Instant.ofEpochSecond(random.nextLong(FROM, TO));
      dates[i] = Date.from(instants[i]);
    }
    ScheduleParser parser = new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse);
    schedules = new Schedule[EXPRESSIONS.size()];
    quartz = new CronExpression[EXPRESSIONS.size()];
    int i = 0;
    for (Map.Entry<String, String> pair : EXPRESSIONS.entrySet()) {
      schedules[i] = parser.parse(pair.getKey(), pair.getKey(), ZoneId.of(zone)).schedule();
      quartz[i] = new CronExpression(pair.getValue());
      quartz[i++].setTimeZone(TimeZone.getTimeZone(zone));
    }
  }

  /** The first fire after each instant, by this program. */
  @Benchmark
  @OperationsPerInvocation(10 * INSTANTS)
  public void next(Blackhole sink) {
    for (Schedule schedule : schedules) {
      for (Instant instant : instants) {
        Optional<Instant> fire = schedule.next(instant);
        sink.consume(fire);
      }
    }
  }

  /** The last fire up to each instant, by this program; Quartz has no such thing. */
  @Benchmark
  @OperationsPerInvocation(10 * INSTANTS)
  public void previous(Blackhole sink) {
    for (Schedule schedule : schedules) {
      for (Instant instant : instants) {
        sink.consume(schedule.previous(instant));
      }
    }
  }

  /** The fires of the year after each instant, counted by this program. */
  @Benchmark
  @OperationsPerInvocation(10 * INSTANTS)
  public void countOfAYear(Blackhole sink) {
    for (Schedule schedule : schedules) {
      for (Instant instant : instants) {
        sink.consume(schedule.count(instant, instant.plusSeconds(365 * 86_400L)));
      }
    }
  }

  /** The first fire after each instant, by Quartz. */
  @Benchmark
  @OperationsPerInvocation(10 * INSTANTS)
  public void quartzNext(Blackhole sink) {
    for (CronExpression expression : quartz) {
      for (Date date : dates) {
        sink.consume(expression.getNextValidTimeAfter(date));
      }
    }
  }
}
