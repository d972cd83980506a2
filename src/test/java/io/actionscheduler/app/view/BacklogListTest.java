package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.engine.HeldFires;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacklogListTest {
  private static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant TO = FROM.plusSeconds(300);

  /** Each second; where it lies, its count says so and its next time does not. */
  private static Action action(int id, boolean lies) {
    Schedule schedule =
        new Schedule() {
          @Override
          public Optional<Instant> next(Instant after) {
            return Optional.of(lies ? after.minusSeconds(9) : after.plusSeconds(1));
          }

          @Override
          public Optional<Instant> previous(Instant at) {
            return Optional.of(at);
          }

          @Override
          public long count(Instant after, Instant upTo) {
            return Duration.between(after, upTo).toSeconds();
          }
        };
    Timing timing = new Timing("lies " + lies, ZoneOffset.UTC, Duration.ZERO, schedule);
    Policy policy =
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("main"), Optional.empty());
    return new Action(ActionId.of(id), "n" + id, "c", timing, policy, Map.of());
  }

  private static HeldFires held(Action action) {
    return new HeldFires(action, "main", FROM, TO);
  }

  @Test
  void aScheduleThatContradictsItselfHidesNoOtherAction() {
    BacklogList list =
        BacklogList.of(
            Optional.empty(),
            List.of(held(action(1, true)), held(action(2, false))),
            Optional.empty(),
            TO);
    assertThat(list.rows())
        .extracting(row -> row.key().action().text(), row -> row.share().due())
        .containsExactly(tuple("2", 300L));
    OutageForecast forecast =
        OutageForecast.of(
            List.of(action(1, true), action(2, false)), Optional.empty(), FROM, TO);
    assertThat(forecast.actions()).extracting(share -> share.action().id().text()).containsOnly("2");
  }

  @Test
  void aStartHoldsNothingOfAScheduleThatContradictsItself() {
    assertThat(HeldBacklog.found(action(1, true), FROM, List.of(), TO)).isEqualTo(HeldBacklog.NONE);
    assertThat(
            HeldBacklog.found(action(2, false), FROM, List.of(), TO)
                .undecided(FROM, Optional.empty()))
        .contains(new HeldBacklog.Undecided(FROM, TO));
  }
}
