package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fires that start late are counted for five minutes. */
class LateFiresTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:30Z");
  private static final Instant BEGAN = NOW.minusSeconds(300);

  private final LateStarts starts = new LateStarts(BEGAN);
  private final Statistics statistics = new Statistics(starts);

  private void fire(Instant scheduledAt, Duration lateness, Cause cause) {
    ended(scheduledAt, Optional.of(scheduledAt.plus(lateness)), cause, Run.Status.SUCCESS);
  }

  private void ended(
      Instant scheduledAt, Optional<Instant> started, Cause cause, Run.Status status) {
    statistics.ended(run(scheduledAt, started, cause, status));
  }

  private static Run run(
      Instant scheduledAt, Optional<Instant> started, Cause cause, Run.Status status) {
    return new Run(
        new ProgressKey(ActionId.of(1), "stdout"),
        "name",
        Stretch.of(scheduledAt),
        "",
        cause,
        status,
        started,
        NOW.minusSeconds(1),
        started.isPresent() ? 1 : 0,
        0,
        "",
        "");
  }

  @Test
  void aDeadLetterIsAFireThatFailedWhenItFailedAndNoneThatStartsLate() {
    Instant at = NOW.minusSeconds(200);
    statistics.failed(run(at, Optional.of(at), Cause.SCHEDULE, Run.Status.FAILED));
    assertThat(statistics.failing()).hasSize(1);
    assertThat(statistics.totals()).isEmpty(); // it counts once it is over
    fire(NOW.minusSeconds(150), Duration.ofMillis(3), Cause.SCHEDULE);
    assertThat(statistics.failing()).isEmpty();

    statistics.handedOver(
        run(at, Optional.of(NOW.minusSeconds(9)), Cause.CATCH_UP, Run.Status.FAILED));
    assertThat(statistics.failing()).isEmpty(); // its action delivered since
    assertThat(statistics.late(NOW)).isEmpty();
    assertThat(statistics.totals()).containsEntry("failed", 1L);
  }

  @Test
  void whatIsOnScheduleIsOnTimeAndWhatADowntimeLeftIsNotLate() {
    fire(NOW.minusSeconds(10), Duration.ofMillis(999), Cause.SCHEDULE);
    fire(NOW.minusSeconds(90), Duration.ofSeconds(80), Cause.SCHEDULE); // its jitter
    fire(NOW.minusSeconds(5), Duration.ofMillis(900), Cause.CATCH_UP); // others merged into it
    fire(NOW.minusSeconds(5), Duration.ofSeconds(1), Cause.CATCH_UP); // no more than a second
    ended(BEGAN.minusSeconds(60), Optional.empty(), Cause.SCHEDULE, Run.Status.MERGED);
    fire(BEGAN.minusMillis(1), Duration.ofSeconds(90), Cause.CATCH_UP); // of a downtime
    assertThat(statistics.late(NOW)).isEmpty();
  }

  @Test
  void aStartIsOverWithTheFirstFireOnTimeOrAfterAMinute() {
    fire(BEGAN.plusSeconds(59), Duration.ofSeconds(9), Cause.CATCH_UP);
    assertThat(statistics.late(NOW)).isEmpty();
    fire(BEGAN.plusSeconds(61), Duration.ofSeconds(9), Cause.CATCH_UP);
    assertThat(statistics.late(NOW).orElseThrow().late()).isEqualTo(1);
    fire(BEGAN.plusSeconds(30), Duration.ofMillis(2), Cause.SCHEDULE);
    fire(BEGAN.plusSeconds(31), Duration.ofSeconds(9), Cause.CATCH_UP);
    assertThat(statistics.late(NOW).orElseThrow().late()).isEqualTo(2);
  }

  @Test
  void firesThatFellDueWhileTheCallbackWasHeldUpAreNotLate() {
    starts.heldUp("stdout", NOW.minusSeconds(20));
    fire(NOW.minusSeconds(20), Duration.ofSeconds(12), Cause.CATCH_UP);
    assertThat(statistics.late(NOW)).isEmpty();
    fire(NOW.minusSeconds(19), Duration.ofSeconds(12), Cause.CATCH_UP); // due when it was over
    assertThat(statistics.late(NOW).orElseThrow().late()).isEqualTo(1);
  }

  @Test
  void aCallbackThatWasHeldUpBeforeTheClockWasSetBackIsNoLonger() {
    starts.heldUp("stdout", NOW.plusSeconds(3_600)); // by the clock before
    fire(NOW.minusSeconds(20), Duration.ofSeconds(12), Cause.CATCH_UP);
    assertThat(statistics.late(NOW).orElseThrow().late()).isEqualTo(1);
  }

  @Test
  void whatCouldNotStartInTimeIsLateUntilFiveMinutesHavePassed() {
    for (int i = 0; i < 199; i++) { // of many that are on time, the late one is told all the same
      fire(NOW.minusSeconds(20), Duration.ofMillis(3), Cause.SCHEDULE);
    }
    fire(NOW.minusSeconds(10), Duration.ofSeconds(4), Cause.CATCH_UP); // its callback was busy
    assertThat(statistics.late(NOW))
        .hasValueSatisfying(
            late -> {
              assertThat(late.late()).isEqualTo(1);
              assertThat(late.fires()).isEqualTo(200);
              assertThat(late.worst()).isEqualTo(4.0);
            });
    assertThat(statistics.late(NOW.plusSeconds(400))).isEmpty();
  }
}
