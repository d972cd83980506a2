package io.actionscheduler.source;

import static io.actionscheduler.source.ByName.REFUSE;
import static io.actionscheduler.source.SourceWorld.HOURLY;
import static io.actionscheduler.source.SourceWorld.UNIX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.source.ActionTable.Imported;
import io.actionscheduler.text.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What editing the table does on every kind of database. */
interface ActionTableContract {

  SourceWorld world() throws Exception;

  static ActionRow row(String name, String cron) {
    return ActionRow.of(Map.of(Column.NAME, name, Column.COMMAND, "c", Column.CRON, cron));
  }

  private static List<ActionRow> all(ActionTable table) throws SourceException {
    List<ActionRow> rows = new ArrayList<>();
    table.each(rows::add);
    return rows;
  }

  @Test
  default void anIdThatAnotherActionHasIsRefusedByName() throws Exception {
    try (SourceWorld world = world()) {
      long id = world.table.add(row("first", "@daily"));
      ActionRow same = row("second", "@daily").with(Column.ID, Optional.of(Long.toString(id)));
      assertThatThrownBy(() -> world.table.add(same))
          .isInstanceOf(InvalidRow.class)
          .hasMessage(
              "action %1$d \"second\": id \"%1$d\": another action has it; leave it out, or edit"
                  + " that action",
              id);
    }
  }

  @Test
  default void ofManyThatAddOneNameAtOnceInSeveralProcessesExactlyOneAddsIt() throws Exception {
    try (SourceWorld world = world();
        ActionDatabase beside = ActionDatabase.of(world.settings, Optional.empty(), true)) {
      world.table.upgrade(false);
      List<ActionTable> tables =
          List.of(world.table, new ActionTable(beside, SourceWorld.reader()));
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        for (int round = 0; round < 5; round++) {
          ActionRow row = row("raced " + round, "@daily");
          List<Future<Optional<Long>>> added = new ArrayList<>();
          for (int i = 0; i < 8; i++) {
            ActionTable table = tables.get(i % 2);
            added.add(threads.submit(() -> table.addUnlessNamed(row)));
          }
          int ids = 0;
          for (Future<Optional<Long>> one : added) {
            ids += one.get(60, TimeUnit.SECONDS).isPresent() ? 1 : 0;
          }
          assertThat(ids).isEqualTo(1);
        }
        assertThat(all(world.table)).hasSize(5);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  default void aTableThatDoesNotNumberItsRowsGivesNoIdTwice() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.insert(9, "nine", "c", UNIX);
      if (world.isSqlite()) {
        world.run("UPDATE action SET id = '9'"); // stays a number: the column says so
        world.run(
            "INSERT INTO action (id, name, command, cron) VALUES (x'41', 'b', 'c', '@daily')");
      }
      long first = world.table.add(row("first", "@daily"));
      long second = world.table.add(row("second", "@daily"));
      assertThat(List.of(first, second)).containsExactly(10L, 11L);
    }
  }

  /** A column that the database computes is read, and nothing is written there. */
  @Test
  default void generatedColumnsAreLeftToTheDatabase() throws Exception {
    try (SourceWorld world = world()) {
      world.run(
          "CREATE TABLE action (id "
              + (world.isSqlite() ? "integer PRIMARY KEY" : "bigint GENERATED ALWAYS AS IDENTITY")
              + ", name text, command text, cron text, merge_missed boolean, actuality_time integer,"
              + " owner_id text GENERATED ALWAYS AS (lower(name)) STORED,"
              + " updated_at text GENERATED ALWAYS AS ('never') STORED)");
      long id = world.table.add(row("First", "@daily"));
      world.table.edit(id, row -> true, Map.of(Column.NAME, Optional.of("Second")));
      ActionRow found = world.table.find(id).orElseThrow();
      assertThat(found.get(Column.OWNER_ID)).contains("second");
      assertThat(world.read().actions()).hasSize(1);
      assertThatThrownBy(
              () -> world.table.add(row("x", "@daily").with(Column.OWNER_ID, Optional.of("me"))))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("the database computes the column owner_id");
    }
  }

  @Test
  default void aTableWhoseIdsAreTextIsNotWrittenTo() throws Exception {
    try (SourceWorld world = world()) {
      world.run(
          "CREATE TABLE action (id varchar(40), name text, command text, cron text,"
              + " merge_missed text, actuality_time text)");
      assertThatThrownBy(() -> world.table.add(row("first", "@daily")))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("table action: column id is ")
          .hasMessageContaining("allowed");
      assertThat(all(world.table)).isEmpty();
    }
  }

  @Test
  default void anAddedRowGetsTheNextIdAndIsReadAsItWasWritten() throws Exception {
    Map<Column, String> values = new EnumMap<>(Column.class);
    values.put(Column.NAME, "all");
    values.put(Column.COMMAND, "line\nbreak");
    values.put(Column.CRON, "0 9 * * 1-5");
    values.put(Column.MERGE_MISSED, "true");
    values.put(Column.ACTUALITY_TIME, "-1");
    values.put(Column.ENABLED, "false");
    values.put(Column.TIMEZONE, "Europe/Berlin");
    values.put(Column.START_DATE, "2026-12-01");
    values.put(Column.END_DATE, "2026-12-24T12:00:00Z");
    values.put(Column.JITTER, "30");
    values.put(Column.CALLBACK, "kafka");
    values.put(Column.PARAMETERS, "{\"to\":\"x\"}");
    values.put(Column.RETRY, "{\"max_retries\":2}");
    values.put(Column.OVERLAP, "allow");
    values.put(Column.CALENDAR, "only:office,holidays");
    values.put(Column.OWNER_ID, "me");
    try (SourceWorld world = world()) {
      assertThat(world.read().actions()).isEmpty();
      long first = world.table.add(ActionRow.of(values));
      long second = world.table.add(row("next", "@daily"));
      assertThat(second).isEqualTo(first + 1);
      ActionRow found = world.table.find(first).orElseThrow();
      assertThat(found.get(Column.COMMAND)).contains("line\nbreak");
      assertThat(Json.parse(found.get(Column.CRON).orElseThrow()))
          .isEqualTo(Json.parse("{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * 1-5\"}}"));
      assertThat(found.get(Column.CREATED_AT)).isPresent();
      assertThat(found.get(Column.OWNER_ID)).contains("me");
      Action action = world.read().actions().get(0);
      assertThat(action).isEqualTo(SourceWorld.reader().read(found));
      assertThat(action.policy().enabled()).isFalse();
      assertThat(world.table.find(99)).isEmpty();
    }
  }

  @Test
  default void addingGoesOnBehindTheIdsThatOthersChose() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.insert(2, "two", "c", UNIX);
      assertThat(world.table.add(row("three", UNIX))).isEqualTo(3);
      world.insert(10, "ten", "c", UNIX);
      assertThat(world.table.add(row("eleven", UNIX))).isEqualTo(11);
      assertThat(world.table.add(row("mine", UNIX).with(Column.ID, Optional.of("20"))))
          .isEqualTo(20);
      assertThat(world.table.add(row("next", UNIX))).isEqualTo(21);
    }
  }

  @Test
  default void idsAreCountedWhereTheTableGivesNone() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      assertThat(world.table.add(row("one", UNIX))).isEqualTo(1);
      assertThat(world.table.add(row("two", UNIX))).isEqualTo(2);
      assertThat(all(world.table))
          .extracting(r -> r.get(Column.ID))
          .doesNotContain(Optional.empty());
    }
  }

  @Test
  default void aRowThatCouldNotBeReadIsNotWritten() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      assertThatThrownBy(() -> world.table.add(row("new", "0/15 * * * *")))
          .isInstanceOf(InvalidRow.class)
          .hasMessageStartingWith("new action \"new\": cron \"0/15 * * * *\": ")
          .hasMessageContaining("0-59/15");
      assertThatThrownBy(
              () ->
                  world.table.edit(1, row -> true, Map.of(Column.CRON, Optional.of("61 * * * *"))))
          .isInstanceOf(InvalidRow.class)
          .hasMessageStartingWith("action 1 \"one\": cron \"61 * * * *\": ");
      assertThatThrownBy(
              () ->
                  world.table.importAll(
                      List.of(row("fine", UNIX), row("bad", "x")), REFUSE, () -> {}, row -> {}))
          .isInstanceOf(InvalidRow.class);
      assertThat(all(world.table)).hasSize(1);
    }
  }

  @Test
  default void aWriteToAColumnThatIsNotThereSaysWhichAndTheUpgradeAddsIt() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.read();
      assertThatThrownBy(
              () -> world.table.edit(1, row -> true, Map.of(Column.ENABLED, Optional.of("false"))))
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining("table action has no column enabled; \"db upgrade\" adds it");
      TableUpgrade upgraded = world.table.upgrade(false);
      assertThat(upgraded.created()).isFalse();
      assertThat(upgraded.added())
          .containsExactly(
              Column.ENABLED,
              Column.TIMEZONE,
              Column.START_DATE,
              Column.END_DATE,
              Column.JITTER,
              Column.CALLBACK,
              Column.PARAMETERS,
              Column.RETRY,
              Column.OVERLAP,
              Column.CALENDAR,
              Column.OWNER_ID,
              Column.CREATED_AT,
              Column.UPDATED_AT);
      assertThat(world.poll()).isEmpty(); // no action changed by it
      assertThat(
              world
                  .table
                  .edit(1, any -> true, Map.of(Column.ENABLED, Optional.of("false")))
                  .orElseThrow()
                  .after()
                  .get(Column.UPDATED_AT))
          .isPresent();
      assertThat(world.read().actions().get(0).policy().enabled()).isFalse();
      assertThat(world.table.upgrade(false).added()).isEmpty();
    }
  }

  @Test
  default void theUpgradeOfADatabaseWithoutTheTableCreatesIt() throws Exception {
    try (SourceWorld world = world()) {
      assertThat(all(world.table)).isEmpty();
      TableUpgrade upgraded = world.table.upgrade(false);
      assertThat(upgraded.created()).isTrue();
      assertThat(upgraded.added()).isEmpty();
      assertThat(world.read().actions()).isEmpty();
    }
  }

  @Test
  default void anEditChangesWhatItNamesAndNothingElse() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.insert(1, "one", "c", UNIX);
      world.insert(2, "two", "c", UNIX);
      Map<Column, Optional<String>> changes = new EnumMap<>(Column.class);
      changes.put(Column.COMMAND, Optional.of("d"));
      changes.put(Column.MERGE_MISSED, Optional.of("false"));
      changes.put(Column.ACTUALITY_TIME, Optional.empty());
      changes.put(Column.TIMEZONE, Optional.empty()); // not there, so NULL as it is
      ActionRow edited = world.table.edit(1, row -> true, changes).orElseThrow().after();
      assertThat(edited.get(Column.COMMAND)).contains("d");
      assertThat(edited.get(Column.NAME)).contains("one");
      Action action = world.read().actions().get(0);
      assertThat(action.policy().missed().merge()).isFalse();
      assertThat(world.table.edit(3, row -> true, changes)).isEmpty();
      assertThat(world.table.remove(2, row -> true)).isPresent();
      assertThat(world.table.remove(2, row -> true)).isEmpty();
      assertThat(world.read().actions()).hasSize(1);
    }
  }

  /** As {@code actions apply} does, whose plan is older than its writes. */
  @Test
  default void plannedChangesAreRefusedWhereAnotherProgramChangedARow() throws Exception {
    try (SourceWorld world = world();
        ActionDatabase beside = ActionDatabase.of(world.settings, Optional.empty(), true)) {
      long id = world.table.add(row("edited", "@daily"));
      long other = world.table.add(row("removed", "@daily"));
      ActionRow edited = world.table.find(id).orElseThrow();
      ActionRow removed = world.table.find(other).orElseThrow();
      RowChanges changed =
          new RowChanges(
              List.of(row("added", "@daily")),
              List.of(
                  new RowChanges.Changed(edited, Map.of(Column.COMMAND, Optional.of("planned")))),
              List.of());
      RowChanges gone =
          new RowChanges(List.of(row("added", "@daily")), List.of(), List.of(removed));
      ActionTable program = new ActionTable(beside, SourceWorld.reader());
      Map<Column, Optional<String>> foreign = Map.of(Column.COMMAND, Optional.of("foreign"));
      program.edit(id, row -> true, foreign);
      program.edit(other, row -> true, foreign);
      List<ActionRow> before = all(world.table);

      assertThatThrownBy(() -> world.table.carryOut(changed))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("action " + id + " \"edited\" was changed by somebody else")
          .hasMessageContaining("nothing was changed here; run this again");
      assertThatThrownBy(() -> world.table.carryOut(gone))
          .hasMessageContaining("action " + other + " \"removed\" was changed by somebody else");
      program.remove(other, row -> true);
      assertThatThrownBy(() -> world.table.carryOut(gone))
          .hasMessageContaining("action " + other + " \"removed\" was changed by somebody else");
      before.removeIf(row -> row.get(Column.NAME).equals(Optional.of("removed")));
      assertThat(all(world.table)).isEqualTo(before);
    }
  }

  @Test
  default void samplesFillAnEmptyTableOnly() throws Exception {
    List<ActionRow> samples = List.of(row("Action1", UNIX), row("Action2", HOURLY));
    try (SourceWorld world = world()) {
      assertThat(world.table.addIfEmpty(samples)).isEqualTo(2);
      assertThat(world.table.addIfEmpty(samples)).isZero();
      assertThat(world.read().actions()).hasSize(2);
    }
  }

  @Test
  default void whatIsExportedCanBeImportedAgain() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      List<Map<String, Object>> all = new ArrayList<>();
      for (int id = 1; id <= 1_500; id++) {
        all.add(Map.of("id", id, "name", "n" + id, "command", "c", "cron", UNIX));
      }
      world.insertAll(all);
      List<ActionRow> exported = all(world.table);
      world.run("DELETE FROM action WHERE id > 1000", "UPDATE action SET command = 'other'");
      List<ActionRow> rows = new ArrayList<>(exported);
      rows.add(row("without id", HOURLY));
      AtomicInteger steps = new AtomicInteger();
      assertThat(world.table.importAll(rows, REFUSE, steps::incrementAndGet, row -> {}))
          .isEqualTo(new ActionTable.Imported(501, 1_000));
      assertThat(steps).as("each row is checked and written").hasValue(2 * 1_501);
      List<ActionRow> now = all(world.table);
      assertThat(now.subList(0, 1_500)).isEqualTo(exported);
      assertThat(now.get(1_500).get(Column.NAME)).contains("without id");
    }
  }

  @Test
  default void anImportDoesNotDoubleRowsThatHaveNoId() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      List<ActionRow> rows = List.of(row("a", UNIX), row("b", UNIX), row("b", HOURLY));
      assertThat(world.table.importAll(rows, ByName.REFUSE, () -> {}, row -> {}))
          .isEqualTo(new Imported(3, 0));
      List<ActionRow> before = all(world.table);
      assertThatThrownBy(
              () ->
                  world.table.importAll(
                      List.of(row("new", UNIX), row("a", HOURLY)), REFUSE, () -> {}, row -> {}))
          .isInstanceOf(InvalidRow.class)
          .hasMessageStartingWith(
              "new action \"a\": name \"a\": the row has no id, and action 1 has");
      assertThat(all(world.table)).as("all or nothing").isEqualTo(before);
      List<ImportedRow> written = new ArrayList<>();
      assertThat(
              world.table.importAll(
                  List.of(row("new", UNIX), row("a", HOURLY)),
                  ByName.REPLACE,
                  () -> {},
                  written::add))
          .isEqualTo(new Imported(1, 1));
      assertThat(written)
          .containsExactly(
              new ImportedRow(Optional.of(before.get(0)), all(world.table).get(0)),
              new ImportedRow(Optional.empty(), all(world.table).get(3)));
      assertThat(all(world.table)).hasSize(4);
      assertThat(world.table.find(1).orElseThrow().get(Column.CRON)).contains(HOURLY);
      for (ByName rule : ByName.values()) { // --upsert would not help, so it is not proposed
        assertThatThrownBy(
                () -> world.table.importAll(List.of(row("b", UNIX)), rule, () -> {}, row -> {}))
            .isInstanceOf(InvalidRow.class)
            .hasMessageContaining("actions 2 and 3 have this name")
            .hasMessageNotContaining("--upsert");
      }
    }
  }

  @Test
  default void anImportKeepsTextOfSchedulesAsText() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.table.importAll(
          List.of(row("a", "0 9 * * 1-5"), row("b", "90s")), ByName.REFUSE, () -> {}, row -> {});
      assertThat(world.table.find(1).orElseThrow().get(Column.CRON)).contains("\"0 9 * * 1-5\"");
      assertThat(world.read().actions()).hasSize(2);
    }
  }

  @Test
  default void ofSomeRowsThoseAreFoundThatMeetTheConditions() throws Exception {
    try (SourceWorld world = world()) {
      List<Long> ids = new ArrayList<>();
      for (String name : List.of("First", "second", "first again")) {
        ids.add(world.table.add(row(name, "@daily")));
      }
      RowQuery.Conditions first =
          new RowQuery.Conditions(
              Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.of("FIRST"));
      RowSearch search = world.table.search();
      assertThat(search.among(List.of(ids.get(2), ids.get(0), 99L), first))
          .containsExactly(ids.get(0), ids.get(2));
      assertThat(search.among(List.of(ids.get(1)), first)).isEmpty();
      assertThat(search.among(List.of(), first)).isEmpty();
      RowQuery backwards =
          new RowQuery(first, new RowQuery.Order(Column.NAME, true), RowQuery.Bounds.NONE);
      assertThat(search.among(ids, backwards)).containsExactly(ids.get(2), ids.get(0));
    }
  }
}
