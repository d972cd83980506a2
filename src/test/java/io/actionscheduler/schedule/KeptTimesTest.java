package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class KeptTimesTest {
  private static final Instant FROM = Instant.parse("2026-03-20T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-04-10T00:00:00Z");

  /** Windows of random lengths, some of which touch. */
  private static Windows random(Random random) {
    List<Window> all = new ArrayList<>();
    Instant at = FROM.minus(Duration.ofDays(30));
    while (at.isBefore(TO.plus(Duration.ofDays(30)))) {
      Instant end = at.plusSeconds(1 + random.nextInt(random.nextBoolean() ? 100 : 400_000));
      all.add(new Window(at, end));
      at = end.plusSeconds(random.nextInt(3) == 0 ? 0 : random.nextInt(200_000));
    }
    return (from, until) -> Windows.cut(Windows.joined(all), from, until);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/7 * * * *", "0 2 * * *", "90m", "2026-03-25T10:00:00Z"})
  void itHasTheTimesOfTheScheduleThatLieInNoWindow(String cron) throws InvalidSchedule {
    long seed = Long.getLong("seed", 20_261_127);
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Schedule whole = Parsing.plain(cron, "Europe/Berlin");
    for (int round = 0; round < 20; round++) {
      Windows excluded = random(random);
      KeptTimes kept = new KeptTimes(whole, excluded, FROM, TO);
      List<Instant> expected = new ArrayList<>();
      for (Instant at : Walk.forth(whole, FROM, TO)) {
        if (!excluded.contain(at)) {
          expected.add(at);
        }
      }
      assertThat(Walk.forth(kept, FROM, TO)).isEqualTo(expected);
      assertThat(Walk.back(kept, FROM, TO)).isEqualTo(expected);
      assertThat(kept.count(FROM, TO))
          .isEqualTo(expected.stream().filter(at -> at.isAfter(FROM)).count());
      long[] minutes = new long[3 * 24 * 60];
      Instant begin = FROM.plusSeconds(60);
      kept.addMinutes(begin, 2, minutes);
      long sum = 0;
      for (long fires : minutes) {
        sum += fires;
      }
      Instant end = begin.plus(Duration.ofDays(3));
      assertThat(sum)
          .isEqualTo(
              2 * expected.stream().filter(at -> !at.isBefore(begin) && at.isBefore(end)).count());
    }
  }

  @Test
  void whereNothingIsLeftTheSearchEnds() throws InvalidSchedule {
    Windows always = Windows.NONE.complement();
    KeptTimes kept = new KeptTimes(Parsing.utc("* * * * *"), always, FROM, TO);

    assertThat(kept.next(FROM)).isEmpty();
    assertThat(kept.previous(TO)).isEmpty();
    assertThat(kept.count(FROM, TO)).isZero();
    assertThat(kept.count(TO, FROM)).isZero();
  }

  @Test
  void itLooksNoFurtherThanItsEnds() throws InvalidSchedule {
    KeptTimes kept = new KeptTimes(Parsing.utc("@daily"), Windows.NONE, FROM, TO);

    assertThat(kept.next(TO)).isEqualTo(Optional.empty());
    assertThat(kept.next(TO.minusNanos(1))).contains(TO);
    assertThat(kept.previous(FROM)).contains(FROM);
    assertThat(kept.previous(FROM.minusNanos(1))).isEmpty();
  }

  /** Those of a plan may lie further ahead than a search for the next one goes. */
  @Test
  void minutesAreCountedBeyondItsEndToo() throws InvalidSchedule {
    Window hour = new Window(TO.plusSeconds(1_800), TO.plusSeconds(5_400));
    Windows excluded = (from, until) -> Windows.cut(List.of(hour), from, until);
    KeptTimes kept = new KeptTimes(Parsing.utc("*/30 * * * *"), excluded, FROM, TO);
    long[] fires = new long[180];

    kept.addMinutes(TO.minusSeconds(3_600), 2, fires);
    assertThat(IntStream.range(0, fires.length).filter(minute -> fires[minute] == 2))
        .containsExactly(0, 30, 60, 150);
    assertThat(LongStream.of(fires).sum()).isEqualTo(8);
  }
}
