package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time")
class ComingFiresTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final ScheduleParser parser =
      new ScheduleParser(
          UnixDialect.CRONTAB,
          value -> {
            throw new InvalidSchedule("no quartz here");
          });

  private Action action(long id, boolean enabled, String cron) {
    try {
      return new Action(
          ActionId.of(id),
          "",
          "",
          parser.parse(cron, cron, ZoneOffset.UTC),
          new Policy(
              enabled,
              new MissedPolicy(false, Optional.empty()),
              Overlap.QUEUE,
              List.of("stdout"),
              Optional.empty()),
          Map.of());
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(cron, e);
    }
  }

  private Action each(long id, int minutes) {
    return action(id, true, minutes + "m");
  }

  private static List<String> coming(List<Action> actions, int count) {
    return ComingFires.of(actions, NOON, count).stream()
        .map(
            fire ->
                fire.action().id()
                    + " at "
                    + Duration.between(NOON, fire.scheduledAt()).toMinutes())
        .toList();
  }

  @Test
  void firesComeInTheOrderOfTimeAndThenOfIds() {
    assertThat(coming(List.of(each(10, 2), each(9, 3), each(2, 6)), 6))
        .containsExactly("10 at 2", "9 at 3", "10 at 4", "2 at 6", "9 at 6", "10 at 6");
  }

  @Test
  void theLastOfThoseTogetherAreLeftOutWhereOnlySomeAreAskedFor() {
    assertThat(coming(List.of(each(1, 1), each(2, 2), each(3, 2)), 3))
        .containsExactly("1 at 1", "1 at 2", "2 at 2");
  }

  @Test
  void whatIsOverOrDisabledDoesNotCome() {
    Action over = action(1, true, "2026-11-20T12:00:00Z");
    Action off = action(2, false, "1m");
    Action once = action(3, true, "2026-11-20T12:01:00Z");
    assertThat(coming(List.of(over, off, once), 10)).containsExactly("3 at 1");
  }

  @Test
  void ofManyActionsOnOneScheduleOnlyAsManyAsAskedForAreGiven() {
    List<Action> many = IntStream.range(0, 100_000).mapToObj(id -> each(id, 1)).toList();
    assertThat(coming(many, 3)).containsExactly("0 at 1", "1 at 1", "2 at 1");
  }
}
