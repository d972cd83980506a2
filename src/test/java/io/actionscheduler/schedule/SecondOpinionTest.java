package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random schedules near changes of the clock, held against the naive evaluator. */
@Tag("time")
class SecondOpinionTest {
  private static final Instant FIRST_CHANGES = Instant.parse("1850-01-01T00:00:00Z");
  private static final Instant LAST_CHANGES = Instant.parse("2250-01-01T00:00:00Z");
  private static final List<String> ODD_ZONES =
      List.of(
          "Africa/Cairo",
          "Africa/Casablanca",
          "Africa/Monrovia",
          "America/Caracas",
          "America/Havana",
          "America/Nuuk",
          "America/Santiago",
          "America/Sao_Paulo",
          "America/St_Johns",
          "Antarctica/Troll",
          "Asia/Beirut",
          "Asia/Kathmandu",
          "Asia/Manila",
          "Asia/Tehran",
          "Australia/Lord_Howe",
          "Europe/Amsterdam",
          "Europe/Berlin",
          "Europe/Dublin",
          "Pacific/Apia",
          "Pacific/Chatham",
          "Pacific/Kwajalein",
          "America/Juneau");

  private final ScheduleParser parser = Parsing.parser(UnixDialect.CRONTAB);
  // Without those that tests before this one made in the same process: a seed means one run.
  private final List<String> zones =
      new TreeSet<>(ZoneId.getAvailableZoneIds())
          .stream().filter(zone -> !zone.contains("~") && !zone.startsWith("Test/")).toList();

  @Test
  void everyAnswerAboutCrontabTextIsThatOfTheNaiveEvaluator() throws InvalidSchedule {
    long seed = Long.getLong("seed", 20_261_120);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < Integer.getInteger("rounds", 400); i++) {
      ZoneId zone = zone(random);
      Instant near = near(random, zone);
      String text = new RandomCron(random, LocalDateTime.ofInstant(near, zone)).unix();
      compare(parse(text, zone), NaiveEvaluator.unix(text, zone), near, zone + " " + text, random);
    }
  }

  @Test
  void everyAnswerAboutExtendedCronIsThatOfTheNaiveEvaluator() throws InvalidSchedule {
    long seed = Long.getLong("seed", 20_261_121);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < Integer.getInteger("rounds", 400); i++) {
      ZoneId zone = zone(random);
      Instant near = near(random, zone);
      Map<String, Object> params =
          new RandomCron(random, LocalDateTime.ofInstant(near, zone)).extended();
      Object cron = Map.of("format", "apscheduler", "params", params);
      compare(
          parse(cron, zone),
          NaiveEvaluator.extended(params, zone),
          near,
          zone + " " + params,
          random);
    }
  }

  private void compare(
      Schedule schedule, NaiveEvaluator naive, Instant near, String what, Random random) {
    Duration reach = Duration.ofHours(naive.onTheMinute() ? 40 : 4);
    Instant from = near.minus(reach).plusNanos(random.nextInt(1_000_000_000));
    Instant to = near.plus(reach);
    List<Instant> expected = naive.between(from, to);

    assertThat(Walk.forth(schedule, from, to))
        .as("%s, next from %s to %s", what, from, to)
        .isEqualTo(expected);
    assertThat(Walk.back(schedule, from, to))
        .as("%s, previous from %s to %s", what, to, from)
        .isEqualTo(expected);
    for (int i = 0; i < 5; i++) {
      Instant a = from.plusSeconds(random.nextInt((int) reach.toSeconds()));
      Instant b = a.plusSeconds(random.nextInt((int) reach.toSeconds()));
      long between = expected.stream().filter(at -> at.isAfter(a) && !at.isAfter(b)).count();
      assertThat(schedule.count(a, b)).as("%s, count(%s, %s)", what, a, b).isEqualTo(between);
    }
  }

  private Schedule parse(Object cron, ZoneId zone) throws InvalidSchedule {
    return parser.parse(cron.toString(), cron, zone).schedule();
  }

  private ZoneId zone(Random random) {
    List<String> from = random.nextBoolean() ? ODD_ZONES : zones;
    return ZoneId.of(from.get(random.nextInt(from.size())));
  }

  /** A moment within some hours of a change of the clock, where the zone has any. */
  private static Instant near(Random random, ZoneId zone) {
    long span = Duration.between(FIRST_CHANGES, LAST_CHANGES).toSeconds();
    Instant any = FIRST_CHANGES.plusSeconds(random.nextLong(span));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    if (change == null) {
      change = zone.getRules().previousTransition(any);
    }
    Instant base = change == null ? any : change.getInstant();
    return base.plusSeconds(random.nextInt(14_400) - 7200);
  }
}
