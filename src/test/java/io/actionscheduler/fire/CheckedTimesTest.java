package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of a schedule is checked, and a wrong one is named. */
class CheckedTimesTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Instant EVENING = NOON.plusSeconds(21_600);

  /** A schedule that gives these answers, whatever it is asked. */
  private record Told(Optional<Instant> next, Optional<Instant> previous, long count)
      implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return next;
    }

    @Override
    public Optional<Instant> previous(Instant at) {
      return previous;
    }

    @Override
    public long count(Instant after, Instant upTo) {
      return count;
    }
  }

  /** One that cannot answer. */
  private record Failing(RuntimeException why) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      throw why;
    }

    @Override
    public Optional<Instant> previous(Instant at) {
      throw why;
    }

    @Override
    public long count(Instant after, Instant upTo) {
      throw why;
    }
  }

  private static Timing timing(Schedule schedule) {
    return new Timing("odd", ZoneOffset.UTC, Duration.ZERO, schedule);
  }

  /** Seconds after noon; none for no time. */
  private static Optional<Instant> at(String seconds) {
    return seconds.equals("none")
        ? Optional.empty()
        : Optional.of(NOON.plusSeconds(Long.parseLong(seconds)));
  }

  private static Timing told(String next, String previous, long count) {
    return timing(new Told(at(next), at(previous), count));
  }

  private static void assertContradicts(ThrowingCallable asked, String fault) {
    assertThatThrownBy(asked)
        .isInstanceOf(ContradictorySchedule.class)
        .hasMessageStartingWith("cron odd in Z contradicts itself: ")
        .hasMessageContaining(fault);
  }

  @Test
  void soundAnswersAreHandedOn() {
    Timing sound = told("60", "0", 7);
    assertThat(CheckedTimes.next(sound, NOON)).isEqualTo(at("60"));
    assertThat(CheckedTimes.previous(sound, NOON)).isEqualTo(at("0"));
    assertThat(CheckedTimes.last(sound, NOON, EVENING)).isEqualTo(NOON);
    assertThat(CheckedTimes.count(sound, NOON, EVENING)).isEqualTo(7);
    assertThat(CheckedTimes.stretch(told("60", "120", 2), NOON, EVENING))
        .contains(new Stretch(NOON.plusSeconds(60), NOON.plusSeconds(120), 2));
    assertThat(CheckedTimes.stretch(told("60", "60", 1), NOON, EVENING))
        .contains(Stretch.of(NOON.plusSeconds(60)));
  }

  @Test
  void noTimeIsAnAnswerToo() {
    Timing none = told("none", "none", 0);
    assertThat(CheckedTimes.next(none, NOON)).isEmpty();
    assertThat(CheckedTimes.previous(none, NOON)).isEmpty();
    assertThat(CheckedTimes.stretch(none, NOON, EVENING)).isEmpty();
  }

  @ParameterizedTest(name = "its next time lies {0} s after the moment asked for")
  @CsvSource({"0", "-1"})
  void aNextTimeThatIsNotLaterIsNamed(String next) {
    assertContradicts(
        () -> CheckedTimes.next(told(next, "0", 1), NOON), "its next time after " + NOON + " is ");
  }

  @Test
  void aPreviousTimeThatIsLaterIsNamed() {
    assertContradicts(
        () -> CheckedTimes.previous(told("60", "1", 1), NOON), "its last time up to " + NOON);
  }

  @ParameterizedTest(name = "its last time: {0}")
  @CsvSource({"-1", "none"})
  void aLastTimeBeforeTheFirstIsNamed(String last) {
    assertContradicts(
        () -> CheckedTimes.last(told("60", last, 1), NOON, EVENING), "it fires at " + NOON);
  }

  @ParameterizedTest(name = "next {0}, previous {1}, count {2}: {3}")
  @CsvSource({
    "60, 60, -1, it has -1 times",
    "none, 60, 1, and none there",
    "21601, 60, 1, and none there",
    "60, 120, 1, it has one time",
    "60, 30, 2, it fires at",
  })
  void timesThatDisagreeWithTheirNumberAreNamed(
      String next, String previous, long count, String fault) {
    assertContradicts(
        () -> CheckedTimes.stretch(told(next, previous, count), NOON, EVENING), fault);
  }

  @Test
  void aTimeAtTheVeryEndIsThere() {
    assertThat(CheckedTimes.stretch(told("21600", "21600", 1), NOON, EVENING))
        .contains(Stretch.of(EVENING));
  }

  @Test
  void aScheduleThatFailsIsNamedWithItsError() {
    Timing failing = timing(new Failing(new IllegalStateException("no such month")));
    assertContradicts(() -> CheckedTimes.next(failing, NOON), "no such month");
    assertContradicts(() -> CheckedTimes.previous(failing, NOON), "no such month");
    assertContradicts(() -> CheckedTimes.count(failing, NOON, EVENING), "no such month");
  }

  @Test
  void aContradictionThatTheScheduleFoundItselfIsHandedOn() {
    ContradictorySchedule found =
        new ContradictorySchedule(told("none", "none", 0), "found by itself");
    assertThatThrownBy(() -> CheckedTimes.next(timing(new Failing(found)), NOON)).isSameAs(found);
  }

  /** Twenty thousand times in the second that counts as on time. */
  private record Dense() implements Schedule {
    private static final int STEP = 50_000; // nanoseconds

    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.of(after.minusNanos(after.getNano() % STEP).plusNanos(STEP));
    }

    @Override
    public Optional<Instant> previous(Instant at) {
      return Optional.of(at.minusNanos(at.getNano() % STEP));
    }

    @Override
    public long count(Instant after, Instant upTo) {
      return Duration.between(after, upTo).toNanos() / STEP;
    }
  }

  @Test
  void aScheduleThatFiresAgainWithinASecondIsTooFrequent() {
    assertThatThrownBy(() -> CheckedTimes.requireRare(timing(new Dense()), NOON))
        .isInstanceOf(ContradictorySchedule.class)
        .hasMessageContaining("less than a second apart");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"* * * * * *\"", "\"* * * * *\"", "\"2026-06-01T12:00:00Z\""})
  void aScheduleOfWholeSecondsIsNot(String cron) throws Exception {
    Timing timing =
        new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
            .read(cron, ZoneOffset.UTC);
    assertThatCode(() -> CheckedTimes.requireRare(timing, NOON)).doesNotThrowAnyException();
  }

  @Test
  void moreTimesInASecondThanAnyScheduleHasAreNotWalked() {
    Policy policy =
        new Policy(
            true, MissedPolicy.of(true, -1), Overlap.QUEUE, List.of("stdout"), Optional.empty());
    Action action = new Action(ActionId.of(1), "", "", timing(new Dense()), policy, Map.of());
    MissedFires missedFires = new MissedFires(Optional.empty());
    assertContradicts(
        () -> missedFires.due(action, NOON, NOON.plusSeconds(60)), "more than 10000 times");
  }
}
