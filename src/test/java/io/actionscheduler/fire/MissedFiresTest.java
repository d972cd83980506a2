package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class MissedFiresTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:30Z");

  private final MissedFires missedFires = new MissedFires(Optional.empty());

  @ParameterizedTest(
      name = "{0} minutes behind, merge {1}, actual for {2} s: {3} expired, {4} next")
  @CsvSource({
    // behind, merge, actuality, expired, next fire, merged
    "0, true,  -1, 0, none,  0",
    "0, false,  0, 0, none,  0",
    "1, true,  -1, 0, 12:00, 0",
    "1, false, -1, 0, 12:00, 0",
    "1, false,  0, 1, none,  0",
    "1, true,   0, 1, none,  0",
    "1, true,  30, 0, 12:00, 0",
    "1, true,  29, 1, none,  0",
    "5, true,  -1, 0, 12:00, 4",
    "5, false, -1, 0, 11:56, 0",
    "5, true,  90, 3, 12:00, 1",
    "5, false, 90, 3, 11:59, 0",
    "5, false, 91, 3, 11:59, 0",
    "5, false, 89, 4, 12:00, 0",
    "5, true,   0, 5, none,  0",
  })
  void missedFiresFollowTheRow(
      int behind, boolean merge, long actuality, long expired, String next, long merged) {
    Instant progress = Instant.parse("2026-06-01T12:00:00Z").minus(Duration.ofMinutes(behind));
    Due due = missedFires.due(action("* * * * *", merge, actuality), progress, NOW);
    assertThat(due.expired().map(Stretch::count).orElse(0L)).isEqualTo(expired);
    assertThat(due.fire().map(fire -> fire.scheduledAt().toString().substring(11, 16)))
        .isEqualTo(next.equals("none") ? Optional.empty() : Optional.of(next));
    assertThat(due.fire().map(Fire::missedCount).orElse(0L)).isEqualTo(merged);
  }

  @ParameterizedTest(name = "started {0} ms after its time: {1}")
  @CsvSource({"0, SCHEDULE", "999, SCHEDULE", "1000, SCHEDULE", "1001, CATCH_UP"})
  void aFireIsOnTimeForOneSecond(long late, Cause cause) {
    Due due =
        missedFires.due(
            action("* * * * *", false, -1),
            Instant.parse("2026-06-01T11:59:00Z"),
            Instant.parse("2026-06-01T12:00:00Z").plusMillis(late));
    assertThat(due.fire().orElseThrow().cause()).isEqualTo(cause);
  }

  @Test
  void whatWasMissedMergesIntoAFireThatIsOnTime() {
    Due due =
        missedFires.due(
            action("* * * * *", true, -1),
            Instant.parse("2026-06-01T11:57:00Z"),
            Instant.parse("2026-06-01T12:00:00.200Z"));
    Fire fire = due.fire().orElseThrow();
    assertThat(fire.scheduledAt()).isEqualTo("2026-06-01T12:00:00Z");
    assertThat(fire.cause()).isEqualTo(Cause.SCHEDULE);
    assertThat(fire.merged())
        .contains(
            new Stretch(
                Instant.parse("2026-06-01T11:58:00Z"), Instant.parse("2026-06-01T11:59:00Z"), 2));
  }

  @Test
  void twoFiresOnTimeAreBothDelivered() {
    Action action = action("* * * * * *", true, 0);
    Instant now = Instant.parse("2026-06-01T12:00:05Z");
    Fire first =
        missedFires.due(action, Instant.parse("2026-06-01T12:00:03Z"), now).fire().orElseThrow();
    assertThat(first.scheduledAt()).isEqualTo("2026-06-01T12:00:04Z");
    assertThat(first.merged()).isEmpty();
    Fire second = missedFires.due(action, first.scheduledAt(), now).fire().orElseThrow();
    assertThat(second.scheduledAt()).isEqualTo(now);
  }

  @Test
  void aYearOfSecondsIsCountedAndNotWalked() {
    Action action = action("* * * * * *", true, -1);
    Instant yearAgo = NOW.minus(Duration.ofDays(365));
    Due due = missedFires.due(action, yearAgo, NOW.plusMillis(1500));
    assertThat(due.fire().orElseThrow().missedCount()).isEqualTo(365L * 86_400);
  }

  @Test
  void theCapLeavesTheLatestAndExpiresTheRest() {
    Due due =
        new MissedFires(Optional.of(3L))
            .due(action("* * * * *", false, -1), NOW.minus(Duration.ofDays(100)), NOW);
    assertThat(due.fire().orElseThrow().scheduledAt()).isEqualTo("2026-06-01T11:58:00Z");
    assertThat(due.expired().orElseThrow().count()).isEqualTo(100L * 1440 - 3);
  }

  @Test
  void jitterDelaysAFireButNeverPastTheNextOne() {
    Action action =
        jittered("{\"format\":\"apscheduler\",\"params\":{\"minute\":\"*\",\"jitter\":600}}");
    Instant at = Instant.parse("2026-06-01T12:00:00Z");
    for (int i = 0; i < 1000; i++, at = at.plusSeconds(60)) {
      Instant due = Jitter.due(action, at);
      assertThat(due).isAfterOrEqualTo(at).isBefore(at.plusSeconds(60));
      assertThat(Jitter.due(action, at)).isEqualTo(due);
    }
  }

  @Test
  void jitterIsNoLongerThanItIsSetAndFillsItsTime() {
    Action hourly =
        jittered("{\"format\":\"apscheduler\",\"params\":{\"minute\":\"0\",\"jitter\":600}}");
    Instant at = Instant.parse("2026-06-01T12:00:00Z");
    int late = 0;
    for (int i = 0; i < 1000; i++, at = at.plusSeconds(3600)) {
      Instant due = Jitter.due(hourly, at);
      assertThat(due).isBetween(at, at.plusSeconds(600));
      late += due.isAfter(at.plusSeconds(300)) ? 1 : 0;
    }
    assertThat(late).isBetween(400, 600);
  }

  /** A new version must not move the fires of a running installation: the delays are fixed. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2026-06-01T12:00:00Z, PT2.568684S",
    "2026-06-01T12:01:00Z, PT17.612658S",
    "2038-01-19T03:14:00Z, PT19.811978S",
    "2026-06-01T12:00:00.25Z, PT17.712139S",
    "2026-06-01T12:00:00.000001Z, PT8.508638S"
  })
  void theJitterOfAFireIsTheSameInEveryVersion(Instant scheduledAt, Duration delay) {
    Action action =
        jittered("{\"format\":\"apscheduler\",\"params\":{\"minute\":\"*\",\"jitter\":600}}");
    assertThat(Duration.between(scheduledAt, Jitter.due(action, scheduledAt))).isEqualTo(delay);
  }

  @ParameterizedTest(name = "{0} missed of merge {1}, {2} ms after the last: {3}")
  @CsvSource({
    "5, false, 30000, 5",
    "5, true, 30000, 1",
    "0, false, 30000, 0",
    "1, false, 500, 0", // on time
    "5, false, 500, 4",
    "5, true, 500, 0" // they merge into one that is on time
  })
  void theBacklogIsWhatWouldBeDeliveredLate(int missed, boolean merge, long millis, long backlog) {
    Instant last = Instant.parse("2026-06-01T12:00:00Z");
    Instant settled = last.minusSeconds(60L * missed);
    assertThat(
            missedFires.backlog(action("* * * * *", merge, -1), settled, last.plusMillis(millis)))
        .isEqualTo(backlog);
  }

  @ParameterizedTest(name = "actual for {0} s, {1} ms old: too old {2}")
  @CsvSource({"60, 60000, false", "60, 60001, true", "0, 1, true", "-1, 999999999, false"})
  void aFireIsTooOldOnceItsActualityIsOver(long actuality, long millis, boolean tooOld) {
    Action action = action("* * * * *", false, actuality);
    assertThat(MissedFires.isTooOld(action, NOW, NOW.plusMillis(millis))).isEqualTo(tooOld);
  }

  /** The rule by walking every fire time, as the page on missed fires states it. */
  @Test
  void theRuleAgreesWithWalkingEveryFireTime() {
    long seed = Long.getLong("seed", 20_261_127);
    Random random = new Random(seed);
    String[] crons = {"* * * * *", "*/7 * * * *", "*/10 * * * * *", "5 3 * * 1-5", "0 2 * * *"};
    for (int i = 0; i < 2_000; i++) {
      boolean merge = random.nextBoolean();
      long actuality = random.nextInt(5) == 0 ? -1 : random.nextInt(7200);
      Action action = action(crons[random.nextInt(crons.length)], merge, actuality);
      Instant now = NOW.plusMillis(random.nextInt(100_000_000));
      Instant progress = now.minusSeconds(random.nextInt(20_000));
      Due due = missedFires.due(action, progress, now);

      List<Instant> rest = new ArrayList<>();
      List<Instant> expired = new ArrayList<>();
      List<Instant> onTime = new ArrayList<>();
      Optional<Instant> at = action.timing().schedule().next(progress);
      while (at.isPresent() && !at.get().isAfter(now)) {
        Duration age = Duration.between(at.get(), now);
        if (age.compareTo(Duration.ofSeconds(1)) <= 0) {
          onTime.add(at.get());
        } else if (actuality >= 0 && age.compareTo(Duration.ofSeconds(actuality)) > 0) {
          expired.add(at.get());
        } else {
          rest.add(at.get());
        }
        at = action.timing().schedule().next(at.get());
      }
      String seeded = "seed " + seed + ", round " + i;
      assertThat(due.expired().map(Stretch::count).orElse(0L)).as(seeded).isEqualTo(expired.size());
      List<Instant> all = new ArrayList<>(rest);
      all.addAll(onTime);
      if (all.isEmpty()) {
        assertThat(due.fire()).as(seeded).isEmpty();
      } else {
        Instant next =
            !merge || rest.isEmpty()
                ? all.get(0)
                : onTime.isEmpty() ? rest.get(rest.size() - 1) : onTime.get(0);
        assertThat(due.fire().orElseThrow().scheduledAt()).as(seeded).isEqualTo(next);
        long merged = merge ? rest.stream().filter(one -> one.isBefore(next)).count() : 0;
        assertThat(due.fire().orElseThrow().missedCount()).as(seeded).isEqualTo(merged);
      }
    }
  }

  /** Its first time ever is ahead: the clock was set back while a fire ran. */
  @Test
  void beforeItsFirstTimeNothingFellDueWhileAFireRan() {
    Instant start = Instant.parse("2026-11-20T10:00:00Z");
    Action action =
        action(
            "{\"format\": \"interval\", \"params\": {\"every\": \"60s\", \"start_date\":"
                + " \"2026-11-20T10:00:00Z\"}}",
            false,
            -1);
    Instant earlier = start.minusSeconds(600);
    assertThat(MissedFires.overrun(action, start, earlier, earlier.plusSeconds(5))).isEmpty();
    assertThat(MissedFires.overrun(action, start, start, start.plusSeconds(130)))
        .hasValueSatisfying(skipped -> assertThat(skipped.count()).isEqualTo(2));
  }

  private static Action action(String cron, boolean merge, long actuality) {
    return new Action(
        ActionId.of(7),
        "report",
        "command",
        timing(cron),
        new Policy(
            true,
            MissedPolicy.of(merge, actuality),
            Overlap.QUEUE,
            List.of("stdout"),
            Optional.empty()),
        Map.of());
  }

  private static Action jittered(String cron) {
    return action(cron, false, -1);
  }

  private static Timing timing(String cron) {
    try {
      return new CronReader(
              new ScheduleParser(
                  UnixDialect.CRONTAB,
                  value -> {
                    throw new InvalidSchedule("not here");
                  }))
          .read(cron, ZoneId.systemDefault());
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }
}
