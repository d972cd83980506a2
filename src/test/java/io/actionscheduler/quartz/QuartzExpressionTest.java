package io.actionscheduler.quartz;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class QuartzExpressionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void firesAsQuartzDoes() throws InvalidSchedule {
    Schedule schedule = QuartzExpression.parse("0 0/5 14 ? * MON-FRI", BERLIN);

    assertThat(schedule.next(Instant.parse("2026-11-20T13:55:00Z")))
        .contains(Instant.parse("2026-11-23T13:00:00Z"));
    assertThat(schedule.previous(Instant.parse("2026-11-23T12:59:59.999Z")))
        .contains(Instant.parse("2026-11-20T13:55:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0/5 * * * ?",
        "0 30 2 * * ?",
        "*/20 * * * * ?",
        "0 0 0 * * ?",
        "10,20 15/20 1-3 ? * SUN",
        "0 30 23 L * ?",
        "0 15 10 15W * ?",
        "0 0 12 ? * 6#3",
        "0 10 2 29 2 ?",
        "0 0 1 1 1 ? 2026-2030"
      })
  void backAndForthAndCountAgreeThroughChangesOfTheClock(String expression) throws InvalidSchedule {
    long seed = 20261120;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (String zone :
        List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "UTC",
            "Africa/Cairo",
            "America/Havana")) {
      Schedule schedule = QuartzExpression.parse(expression, ZoneId.of(zone));
      for (int i = 0; i < 6; i++) {
        ZoneId id = ZoneId.of(zone);
        Instant base = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(200_000_000));
        if (i % 2 == 0 && id.getRules().nextTransition(base) != null)
          base = id.getRules().nextTransition(base).getInstant();
        Instant after = base.plusSeconds(random.nextInt(14_400) - 7200);
        List<Instant> walk = new ArrayList<>();
        Optional<Instant> fire = schedule.next(after);
        while (fire.isPresent() && walk.size() < 60) {
          assertThat(fire.get()).isAfter(walk.isEmpty() ? after : walk.get(walk.size() - 1));
          walk.add(fire.get());
          fire = schedule.next(fire.get());
        }
        for (int j = 0; j < walk.size(); j += 9) {
          Instant from = j == 0 ? after : walk.get(j - 1);
          Instant between =
              from.plusMillis(random.nextLong(Duration.between(from, walk.get(j)).toMillis()));
          assertThat(schedule.next(between))
              .as("%s %s next(%s)", zone, expression, between)
              .contains(walk.get(j));
          assertThat(schedule.previous(walk.get(j))).contains(walk.get(j));
          if (j > 0)
            assertThat(schedule.previous(between))
                .as("%s %s previous(%s)", zone, expression, between)
                .contains(walk.get(j - 1));
          assertThat(schedule.count(after, walk.get(j)))
              .as("%s %s count(%s, %s)", zone, expression, after, walk.get(j))
              .isEqualTo(j + 1);
        }
      }
    }
  }

  @Test
  void whatNeverFiresHasNoTimes() throws InvalidSchedule {
    Schedule schedule = QuartzExpression.parse("0 0 0 30 2 ?", ZoneOffset.UTC);

    assertThat(schedule.next(Instant.EPOCH)).isEmpty();
    assertThat(schedule.previous(Instant.MAX)).isEmpty();
    assertThat(schedule.count(Instant.MIN, Instant.MAX)).isZero();
  }
}
