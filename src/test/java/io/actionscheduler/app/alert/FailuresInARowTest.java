package io.actionscheduler.app.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailuresInARowTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private final FailuresInARow failures = new FailuresInARow(first -> 2);

  private static ProgressKey key(int id, String callback) {
    return new ProgressKey(ActionId.of(id), callback);
  }

  private static Run failed(int id, String callback) {
    return new Run(
        key(id, callback),
        "nightly",
        Stretch.of(AT),
        "",
        Cause.SCHEDULE,
        Run.Status.FAILED,
        Optional.of(AT),
        AT,
        1,
        0,
        "no such report",
        "");
  }

  private static Action action(int id) {
    Schedule never =
        new Schedule() {
          @Override
          public Optional<Instant> next(Instant after) {
            return Optional.empty();
          }

          @Override
          public Optional<Instant> previous(Instant at) {
            return Optional.empty();
          }

          @Override
          public long count(Instant after, Instant upTo) {
            return 0;
          }
        };
    return new Action(
        ActionId.of(id),
        "n",
        "c",
        new Timing("never", ZoneOffset.UTC, Duration.ZERO, never),
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("main"), Optional.empty()),
        Map.of());
  }

  @Test
  void aRowGoesOnFromWhatWasBeforeEndsWithADeliveryAndIsCountedAtEachCallback() {
    assertThat(failures.failed(failed(1, "main"))).isEqualTo(3);
    assertThat(failures.failed(failed(1, "main"))).isEqualTo(4);
    assertThat(failures.failed(failed(1, "other"))).isEqualTo(3);
    assertThat(failures.delivered(key(1, "main"))).isEqualTo(4);
    assertThat(failures.failed(failed(1, "main"))).isEqualTo(1);
    assertThat(failures.delivered(key(2, "main"))).isZero();
    failures.restart(key(3, "main"));
    assertThat(failures.failed(failed(3, "main"))).isEqualTo(1);
  }

  @Test
  void whatWasRemovedIsDroppedBeforeItBecomesMuch() {
    List<Action> all = IntStream.rangeClosed(1, 3).mapToObj(FailuresInARowTest::action).toList();
    SourceStatus source =
        new SourceStatus(
            "table",
            all,
            Set.of(),
            List.of(),
            Optional.of(AT),
            Duration.ZERO,
            Optional.empty(),
            "");
    IntStream.rangeClosed(1, 500).forEach(id -> failures.failed(failed(id, "main")));
    failures.keepOnly(List.of(source));
    assertThat(failures.size()).isEqualTo(3);
    assertThat(failures.failed(failed(1, "main"))).isEqualTo(4);
  }
}
