package io.actionscheduler.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;

/**
 * Random expressions: one set of fire times, whatever is asked, and that of Quartz where it has
 * one.
 */
@Tag("time")
class QuartzPropertiesTest {
  private static final long SEED = Long.getLong("seed", 20_261_127);
  private static final int ROUNDS = Integer.getInteger("rounds", 400);
  private static final List<String> ZONES =
      JdkZones.among(
          "UTC",
          "Europe/Berlin",
          "America/Nuuk",
          "America/Havana",
          "Australia/Lord_Howe",
          "Africa/Cairo",
          "Antarctica/Troll",
          "America/New_York",
          "Pacific/Apia",
          "Africa/Casablanca");

  /**
   * Where a gap is no whole hour or ends with the day, Quartz now and then forgets what follows.
   */
  private static final List<String> FORGETFUL =
      List.of("America/Nuuk", "Australia/Lord_Howe", "Antarctica/Troll");

  @Test
  void nextPreviousAndCountAgreeFromAnyStart() throws InvalidSchedule {
    Random random = new Random(SEED);
    RandomQuartz expressions = new RandomQuartz(random);
    for (int i = 0; i < ROUNDS; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      String text = expressions.expression(true);
      Schedule schedule = QuartzExpression.parse(text).in(zone);
      Instant from = near(random, zone);
      String what = "%s in %s from %s; seed %d".formatted(text, zone, from, SEED);
      List<Instant> walk = walk(schedule, from);
      if (walk.isEmpty()) {
        continue;
      }
      Instant last = walk.get(walk.size() - 1);
      assertThat(schedule.count(from, last)).as(what).isEqualTo(walk.size());
      for (int ask = 0; ask < 20; ask++) {
        Instant at = between(random, from, last);
        long upTo = walk.stream().filter(fire -> !fire.isAfter(at)).count();
        Optional<Instant> next = walk.stream().filter(fire -> fire.isAfter(at)).findFirst();
        assertThat(schedule.next(at)).as("next %s, %s", at, what).isEqualTo(next);
        assertThat(schedule.count(from, at)).as("count %s, %s", at, what).isEqualTo(upTo);
        if (upTo > 0) {
          Instant before = walk.get((int) upTo - 1);
          assertThat(schedule.previous(at)).as("previous %s, %s", at, what).contains(before);
        }
      }
    }
  }

  @Test
  void whereNoClockChangesAndNoNearestWeekdayIsAskedForQuartzAnswersTheSame()
      throws InvalidSchedule, ParseException {
    Random random = new Random(SEED);
    RandomQuartz expressions = new RandomQuartz(random);
    for (int i = 0; i < ROUNDS; i++) {
      String text = expressions.expression(false);
      CronExpression quartz = quartz(text, ZoneOffset.UTC);
      Schedule schedule = QuartzExpression.parse(text).in(ZoneOffset.UTC);
      for (int ask = 0; ask < 20; ask++) {
        Instant at =
            between(
                random,
                Instant.parse("2000-01-01T00:00:00Z"),
                Instant.parse("2060-01-01T00:00:00Z"));
        assertThat(schedule.next(at))
            .as("%s after %s; seed %d", text, at, SEED)
            .isEqualTo(next(quartz, at));
      }
    }
  }

  @Test
  void throughChangesOfTheClockQuartzWalksThroughTheSameFires()
      throws InvalidSchedule, ParseException {
    Random random = new Random(SEED);
    RandomQuartz expressions = new RandomQuartz(random);
    for (int i = 0; i < ROUNDS; i++) {
      ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      String text = expressions.expression(false);
      CronExpression quartz = quartz(text, zone);
      Schedule schedule = QuartzExpression.parse(text).in(zone);
      Instant at = change(random, zone).minusSeconds(12 * 3600 + random.nextInt(3600 * 40));
      Instant to = at.plusSeconds(5 * 86_400);
      List<Instant> theirs = until(to, at, after -> next(quartz, after));
      List<Instant> ours = until(to, at, schedule::next);
      String what = "%s in %s from %s; seed %d".formatted(text, zone, at, SEED);
      if (FORGETFUL.contains(zone.getId())) {
        assertThat(ours).as(what).containsAll(theirs);
      } else {
        assertThat(ours).as(what).isEqualTo(theirs);
      }
    }
  }

  private static List<Instant> until(
      Instant end, Instant after, Function<Instant, Optional<Instant>> next) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = next.apply(after);
    while (fire.isPresent() && fire.get().isBefore(end)) {
      fires.add(fire.get());
      fire = next.apply(fire.get());
    }
    return fires;
  }

  private static CronExpression quartz(String text, ZoneId zone) throws ParseException {
    CronExpression quartz = new CronExpression(text);
    quartz.setTimeZone(TimeZone.getTimeZone(zone));
    return quartz;
  }

  private static Optional<Instant> next(CronExpression quartz, Instant after) {
    return Optional.ofNullable(quartz.getTimeAfter(Date.from(after))).map(Date::toInstant);
  }

  private static List<Instant> walk(Schedule schedule, Instant after) {
    List<Instant> fires = new ArrayList<>();
    Optional<Instant> fire = schedule.next(after);
    while (fire.isPresent() && fires.size() < 200) {
      assertThat(fire.get()).isAfter(fires.isEmpty() ? after : fires.get(fires.size() - 1));
      fires.add(fire.get());
      fire = schedule.next(fire.get());
    }
    return fires;
  }

  private static Instant between(Random random, Instant from, Instant to) {
    return Instant.ofEpochSecond(
        random.nextLong(from.getEpochSecond(), to.getEpochSecond()), random.nextInt(1_000_000_000));
  }

  /** A moment within two hours of a change of the clock, where the zone has any. */
  private static Instant near(Random random, ZoneId zone) {
    return change(random, zone).plusSeconds(random.nextInt(14_400) - 7200);
  }

  private static Instant change(Random random, ZoneId zone) {
    Instant any = Instant.ofEpochSecond(random.nextLong(1_700_000_000L, 1_900_000_000L));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    return change == null ? any : change.getInstant();
  }
}
