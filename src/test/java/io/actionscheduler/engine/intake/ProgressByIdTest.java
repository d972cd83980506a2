package io.actionscheduler.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressByIdTest {
  private static final Timing TIMING = timing();
  private static final Policy POLICY =
      new Policy(
          true,
          new MissedPolicy(true, Optional.empty()),
          Overlap.QUEUE,
          List.of("stdout"),
          Optional.empty());

  private static Timing timing() {
    try {
      return new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
          .read("* * * * *", ZoneOffset.UTC);
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ActionProgress progress(ActionId id) {
    return new ActionProgress(new Action(id, "", "", TIMING, POLICY, Map.of()), "stdout");
  }

  /** Numbers close together, numbers far apart, and texts. */
  private static ActionId id(int number) {
    return switch (number % 3) {
      case 0 -> ActionId.of(number);
      case 1 -> ActionId.of((long) number << 40);
      default -> new ActionId("rest:" + number);
    };
  }

  @Test
  void itHoldsWhatAMapWouldHoldWhateverIsAddedReplacedAndRemoved() {
    Random random = new Random(20261127);
    ProgressById table = new ProgressById();
    Map<ActionId, ActionProgress> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      ActionId id = id(random.nextInt(600));
      if (random.nextInt(5) < 3) {
        ActionProgress one = progress(id);
        table.put(one);
        expected.put(id, one);
      } else {
        table.remove(id);
        expected.remove(id);
      }
      assertThat(table.size()).isEqualTo(expected.size());
      ActionId asked = id(random.nextInt(600));
      assertThat(table.get(asked)).isSameAs(expected.get(asked));
    }
    assertThat(table.all()).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  /** A search that passes many others makes the start of a large table slow. */
  @Test
  void idsThatFollowEachOtherHardlyShareAPlace() {
    for (long step : List.of(1L, 2L, 3L, 5L, 7L, 10L, 64L, 100L, 999L, 1_000L, 100_000L)) {
      assertThat(longestSearch(step)).as("step " + step).isLessThan(16);
    }
    for (long step : List.of(340_573_321L, 1L << 22, 1L << 40)) { // the first fits the table worst
      assertThat(longestSearch(step)).as("step " + step).isLessThan(64);
    }
  }

  private static int longestSearch(long step) {
    ProgressById table = new ProgressById();
    for (int i = 0; i < 40_000; i++) {
      table.put(progress(ActionId.of(1_000 + i * step)));
    }
    return table.longestSearch();
  }
}
