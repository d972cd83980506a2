package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The map of a week is made within bounds, and says what it leaves out. */
class WeekPlanTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

  /** Each hour; of a format that has to be walked through. */
  private record Walked(int number) implements Schedule {
    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.of(Instant.ofEpochSecond((after.getEpochSecond() / 3600 + 1) * 3600));
    }

    @Override
    public Optional<Instant> previous(Instant at) {
      return Optional.of(Instant.ofEpochSecond(at.getEpochSecond() / 3600 * 3600));
    }

    @Override
    public long count(Instant after, Instant upTo) {
      return upTo.getEpochSecond() / 3600 - after.getEpochSecond() / 3600;
    }
  }

  private static Action action(long id, String cron) throws Exception {
    RowDefaults defaults = new RowDefaults(true, 60, UTC, List.of("stdout"), Set.of("stdout"));
    Map<Column, String> row =
        Map.of(
            Column.ID,
            Long.toString(id),
            Column.NAME,
            "x",
            Column.COMMAND,
            "go",
            Column.CRON,
            cron);
    return new RowReader(CronReaders.of(UnixDialect.CRONTAB), defaults).read(ActionRow.of(row));
  }

  private static Action walked(long id, int number) throws Exception {
    return action(id, "@hourly")
        .with(new Timing("walked " + number, UTC, Duration.ZERO, new Walked(number)));
  }

  private static long fires(WeekPlan plan) {
    return Arrays.stream(plan.fires()).sum();
  }

  @Test
  void whatTakesTooLongIsLeftOutAndCountedTheLeastSharedFirst() throws Exception {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      actions.add(walked(i, i == 3 ? 1 : 0)); // five share the first
    }
    actions.add(action(6, "0 5 * * 1"));
    Iterator<Boolean> late = List.of(false, true).iterator();

    WeekPlan plan = WeekPlan.of(actions, MONDAY, UTC, late::next);

    assertThat(plan.enabled()).isEqualTo(7);
    assertThat(plan.leftOut()).isEqualTo(new WeekPlan.LeftOut(1, 1));
    assertThat(fires(plan)).as("five of six each hour, and one cron").isEqualTo(5 * 168 + 1);
  }

  @Test
  void intervalsAndCronsAreNeverLeftOut() throws Exception {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String start = MONDAY.minusDays(1).atStartOfDay().plusSeconds(i).toString();
      actions.add(
          action(
              i,
              "{\"format\": \"interval\", \"params\": {\"every\": \"60s\", \"start_date\": \"%s\"}}"
                  .formatted(start)));
    }
    actions.add(action(1_000, "* * * * *"));

    WeekPlan plan = WeekPlan.of(actions, MONDAY, UTC, () -> true);

    assertThat(plan.leftOut()).isEqualTo(new WeekPlan.LeftOut(0, 0));
    assertThat(plan.fires()).containsOnly(1_001);
  }
}
