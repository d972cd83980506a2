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
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
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

  private static Action action(int id, Schedule schedule) {
    Timing timing = new Timing(schedule.toString(), ZoneOffset.UTC, Duration.ZERO, schedule);
    Policy policy =
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("main"), Optional.empty());
    return new Action(ActionId.of(id), "n" + id, "c", timing, policy, Map.of());
  }

  private static Action sound(int id) throws InvalidSchedule {
    ScheduleParser parser = new ScheduleParser(UnixDialect.CRONTAB, value -> null);
    return action(id, parser.parse("1m", "1m", ZoneOffset.UTC).schedule());
  }

  /** Its count says that there are times, and it fails where they are asked for. */
  private static Action contradictory(int id) {
    return action(
        id,
        new Schedule() {
          @Override
          public Optional<Instant> next(Instant after) {
            throw new IllegalStateException("no such month");
          }

          @Override
          public Optional<Instant> previous(Instant at) {
            return Optional.of(at);
          }

          @Override
          public long count(Instant after, Instant upTo) {
            return 9;
          }
        });
  }

  private static HeldFires held(Action action) {
    return new HeldFires(action, "main", FROM, TO);
  }

  @Test
  void aScheduleThatContradictsItselfHidesNoOtherAction() throws Exception {
    BacklogList list =
        BacklogList.of(
            Optional.empty(),
            List.of(held(contradictory(1)), held(sound(2))),
            Optional.empty(),
            TO);
    assertThat(list.rows())
        .extracting(row -> row.key().action().text(), row -> row.share().due())
        .containsExactly(tuple("2", 5L));
    OutageForecast forecast =
        OutageForecast.of(List.of(contradictory(1), sound(2)), Optional.empty(), FROM, TO);
    assertThat(forecast.actions())
        .extracting(share -> share.action().id().text())
        .containsOnly("2");
  }

  @Test
  void aStartHoldsNothingOfAScheduleThatContradictsItself() throws Exception {
    assertThat(HeldBacklog.found(contradictory(1), FROM, List.of(), TO))
        .isEqualTo(HeldBacklog.NONE);
    assertThat(HeldBacklog.found(sound(2), FROM, List.of(), TO).undecided(FROM, Optional.empty()))
        .contains(new HeldBacklog.Undecided(FROM, TO.minusSeconds(60))); // the last is on time
  }
}
