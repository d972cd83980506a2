package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An order that is continued from the call before is that of a first call. */
class ActionOrderTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:30Z");

  private static Action action(long id, String name, String cron, boolean enabled)
      throws Exception {
    RowDefaults defaults =
        new RowDefaults(true, 60, ZoneId.of("UTC"), List.of("stdout"), Set.of("stdout"));
    Map<Column, String> row =
        Map.of(
            Column.ID,
            Long.toString(id),
            Column.NAME,
            name,
            Column.COMMAND,
            "go " + name,
            Column.CRON,
            cron,
            Column.ENABLED,
            Boolean.toString(enabled));
    return new RowReader(CronReaders.of(UnixDialect.CRONTAB), defaults).read(ActionRow.of(row));
  }

  private static List<String> names(List<ActionOrder.Entry> entries) {
    return entries.stream().map(entry -> entry.action().name()).toList();
  }

  @Test
  void whatFiresNextComesFirstAndWhatNeverFiresLast() throws Exception {
    List<Action> actions =
        List.of(
            action(1, "off", "* * * * *", false),
            action(2, "never", "0 0 30 2 *", true),
            action(3, "noon", "0 12 * * *", true),
            action(4, "next", "1 10 * * *", true));
    ActionOrder order = ActionOrder.byNext();

    assertThat(names(order.of(actions, NOW))).containsExactly("next", "noon", "off", "never");
    assertThat(names(order.of(actions, NOW.plusSeconds(60)))) // the next of it is tomorrow
        .containsExactly("noon", "next", "off", "never");
    assertThat(names(order.of(actions, NOW))) // the clock was set back
        .containsExactly("next", "noon", "off", "never");
  }

  @Test
  void anOrderIsContinuedThroughFiresEditsAndStepsOfTheClock() throws Exception {
    Random random = new Random(20261128);
    ActionOrder[] continued = {ActionOrder.byId(), ActionOrder.byName(), ActionOrder.byNext()};
    List<Action> actions = new ArrayList<>();
    Instant now = NOW;
    for (int round = 0; round < 60; round++) {
      List<Action> edited = new ArrayList<>(actions);
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        if (!edited.isEmpty() && random.nextInt(3) == 0) {
          edited.remove(random.nextInt(edited.size()));
        }
        String cron = random.nextInt(60) + " " + random.nextInt(24) + " * * *";
        edited.add(action(round * 10 + i, "n" + random.nextInt(9), cron, i != 2));
      }
      edited.sort((one, other) -> one.id().compareTo(other.id()));
      actions = random.nextInt(3) == 0 ? actions : List.copyOf(edited);
      now = now.plusSeconds(random.nextInt(90_000) - 20_000);
      ActionOrder[] anew = {ActionOrder.byId(), ActionOrder.byName(), ActionOrder.byNext()};
      for (int i = 0; i < anew.length; i++) {
        assertThat(continued[i].of(actions, now))
            .as("order %d in round %d", i, round)
            .isEqualTo(anew[i].of(actions, now));
      }
    }
  }

  @Test
  void aSearchFindsPartsOfNameCommandAndScheduleInAnyLetterCase() throws Exception {
    List<ActionOrder.Entry> all =
        ActionOrder.byId()
            .of(
                List.of(
                    action(1, "Nightly", "0 3 * * *", true), action(2, "hourly", "@hourly", false)),
                NOW);

    assertThat(found(all, "NIGHT", "")).containsExactly("1");
    assertThat(found(all, "go ", "")).containsExactly("1", "2");
    assertThat(found(all, "", "0 3")).containsExactly("1");
    assertThat(found(all, "", "@HOUR")).containsExactly("2");
    assertThat(found(all, "hourly", "0 3")).isEmpty();
  }

  private static List<String> found(List<ActionOrder.Entry> all, String text, String schedule) {
    return new ActionSearch(
            Optional.of(text),
            Optional.of(schedule),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .find(all, false).stream().map(Object::toString).toList();
  }
}
