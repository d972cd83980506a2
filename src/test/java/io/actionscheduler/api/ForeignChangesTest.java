package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.fire.Change;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForeignChangesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration RECENT = Duration.ofSeconds(11);

  private final MemoryStore store = new MemoryStore();
  private final ForeignChanges foreign = new ForeignChanges(store, RECENT);

  @Test
  void aChangeThatThisProgramMadeIsNotRecordedAsThatOfAnother() throws Exception {
    foreign.look(List.of(action("before")), NOW);
    foreign.isOwn(ActionId.of(1), NOW);
    foreign.look(List.of(action("after")), NOW.plusSeconds(1));

    assertThat(recorded()).isEmpty();

    foreign.look(List.of(action("theirs")), NOW.plusSeconds(2));
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void anOwnEditThatLeavesTheActionAsItWasHidesNoLaterChangeOfAnotherProgram() throws Exception {
    List<Action> before = List.of(action("before"));
    foreign.look(before, NOW);
    foreign.isOwn(ActionId.of(1), NOW); // it changed the owner alone
    foreign.look(before, NOW.plusSeconds(1));
    foreign.look(List.of(action("theirs")), NOW.plusSeconds(12));

    assertThat(recorded())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.via()).isEqualTo(Change.Via.ANOTHER_PROGRAM);
              assertThat(change.after()).contains("theirs");
            });
  }

  private List<Change> recorded() throws Exception {
    return store.changes(Optional.empty(), Long.MAX_VALUE, 10);
  }

  private static Action action(String command) throws Exception {
    RowDefaults defaults =
        new RowDefaults(true, 60, ZoneOffset.UTC, List.of("stdout"), Set.of("stdout"));
    return new RowReader(CronReaders.of(UnixDialect.CRONTAB), defaults)
        .read(
            ActionRow.of(
                Map.of(
                    Column.ID,
                    "1",
                    Column.NAME,
                    "x",
                    Column.COMMAND,
                    command,
                    Column.CRON,
                    "@daily")));
  }
}
