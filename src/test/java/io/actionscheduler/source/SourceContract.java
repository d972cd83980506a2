package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.UNIX;
import static io.actionscheduler.source.SourceWorld.action;
import static io.actionscheduler.source.SourceWorld.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the table source does on every kind of database. */
interface SourceContract {
  /** A fresh one for each test, which closes it. */
  SourceWorld world() throws Exception;

  @Test
  default void aMissingTableIsCreatedWithAllColumnsAndIsEmpty() throws Exception {
    try (SourceWorld world = world()) {
      assertThat(world.read().actions()).isEmpty();
      world.run(
          "INSERT INTO action (name, command, cron, enabled, timezone, callback, parameters, retry,"
              + " overlap, owner_id, updated_at) VALUES ('a', 'b', '\"@daily\"', NULL, NULL, NULL,"
              + " NULL, NULL, NULL, 'me', NULL)");
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("a");
      assertThat(world.query("SELECT created_at FROM action")).isNotNull();
    }
  }

  @Test
  default void callbacksAndCalendarsThatTheSettingsHaveLaterAreFoundInATableThatDidNotChange()
      throws Exception {
    try (SourceWorld world = world()) {
      world.read();
      world.run(
          "INSERT INTO action (name, command, cron, callback, calendar) VALUES"
              + " ('a', 'x', '\"@daily\"', 'later', NULL), ('b', 'x', '\"@daily\"', NULL, 'feasts'),"
              + " ('c', 'x', '\"@daily\"', NULL, 'office')");
      Snapshot before = world.read();
      assertThat(messages(before)).hasSize(2);
      assertThat(before.actions()).extracting(Action::name).containsExactly("c");

      KnownNames.Names names = world.known.now();
      world.known.use(new KnownNames.Names(Set.of("stdout", "later"), Set.of("feasts")));
      Snapshot after = world.read();
      assertThat(after.actions()).extracting(Action::name).containsExactly("a", "b");
      assertThat(messages(after)).singleElement().asString().contains("no such calendar", "feasts");

      world.known.use(names);
      assertThat(world.read().actions()).extracting(Action::name).containsExactly("c");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JSON", "JSONB", "TEXT"})
  default void aTableOfThePythonProgramIsReadAndLeftAsItIs(String json) throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable(json);
      world.insert(
          Map.of(
              "id",
              1,
              "name",
              "Action1",
              "command",
              "command1",
              "cron",
              UNIX,
              "merge_missed",
              true));
      world.insert(
          Map.of(
              "id",
              2,
              "name",
              "Action2",
              "command",
              "command2",
              "cron",
              "{\"format\": \"apscheduler\", \"params\":"
                  + " {\"second\": \"*/20\", \"end_date\": \"2050-05-05\"}}",
              "merge_missed",
              false,
              "actuality_time",
              -1));
      Snapshot snapshot = world.read();
      assertThat(messages(snapshot)).isEmpty();
      assertThat(snapshot.actions())
          .extracting(Action::label)
          .containsExactly("action 1 \"Action1\"", "action 2 \"Action2\"");
      assertThat(action(snapshot, 1).orElseThrow().policy().missed())
          .isEqualTo(MissedPolicy.of(true, 60));
      assertThat(action(snapshot, 2).orElseThrow().policy().missed())
          .isEqualTo(MissedPolicy.of(false, -1));
      assertThat(action(snapshot, 2).orElseThrow().timing().text())
          .isEqualTo(
              "{\"format\":\"apscheduler\","
                  + "\"params\":{\"end_date\":\"2050-05-05\",\"second\":\"*/20\"}}");
      assertThatThrownBy(() -> world.query("SELECT enabled FROM action"))
          .hasMessageContaining("enabled");
    }
  }

  @Test
  default void optionalColumnsAreUsedAndUnknownOnesLeftAlone() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.run("ALTER TABLE action ADD COLUMN shoe_size integer");
      world.insert(
          Map.ofEntries(
              Map.entry("id", 7),
              Map.entry("name", "all"),
              Map.entry("command", "go"),
              Map.entry("cron", "0 9 * * 1-5"),
              Map.entry("merge_missed", "f"),
              Map.entry("actuality_time", "0"),
              Map.entry("enabled", "0"),
              Map.entry("timezone", "Europe/Berlin"),
              Map.entry("callback", "kafka, redis"),
              Map.entry("parameters", "{\"to\": [1, \"b\"], \"deep\": {\"x\": null}}"),
              Map.entry("retry", "{\"max_retries\": 3, \"retry_delay\": 0.5}"),
              Map.entry("overlap", "Skip")));
      Action action = world.read().actions().get(0);
      assertThat(action.timing().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
      assertThat(action.parameters()).containsEntry("to", List.of(1L, "b")).containsKey("deep");
      assertThat(action.policy())
          .isEqualTo(
              new Policy(
                  false,
                  MissedPolicy.of(false, 0),
                  Overlap.SKIP,
                  List.of("kafka", "redis"),
                  Optional.of(new RetryPolicy(3, Duration.ofMillis(500), 2))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "command", "cron", "merge_missed", "actuality_time"})
  default void aTableThatLacksANeededColumnIsRefusedByItsName(String column) throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      world.run("ALTER TABLE action RENAME COLUMN " + column + " TO other_name");
      assertThatThrownBy(world::poll)
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageContaining("actions_db")
          .hasMessageContaining("table action has no column " + column + ";")
          .hasMessageContaining("db upgrade");
      world.run("ALTER TABLE action RENAME COLUMN other_name TO " + column);
      assertThat(world.read().actions()).isEmpty();
    }
  }

  @Test
  default void idsAscendAsNumbers() throws Exception {
    try (SourceWorld world = world()) {
      world.createPythonTable();
      for (long id : new long[] {10, 9, 100, -1, 2}) {
        world.insert(id, "n", "c", UNIX);
      }
      assertThat(world.read().actions())
          .extracting(action -> action.id().text())
          .containsExactly("-1", "2", "9", "10", "100");
    }
  }

  @Test
  default void idsThatSeveralRowsHaveAndIdsThatAreMissingAreRejected() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.insert(1, "fine", "c", UNIX);
      world.insert(2, "first", "c", UNIX);
      world.insert(2, "second", "c", UNIX);
      world.insert(3, "fine", "c", UNIX);
      world.run(
          "INSERT INTO action (name, command, cron) VALUES ('x', 'c', '@daily')",
          "INSERT INTO action (name, command, cron) VALUES ('y', 'c', '@daily')");
      Snapshot snapshot = world.read();
      assertThat(snapshot.actions()).extracting(a -> a.id().text()).containsExactly("1", "3");
      assertThat(messages(snapshot))
          .containsExactlyInAnyOrder(
              "action 2: id 2: 2 rows have it; allowed is one",
              "action NULL: id NULL: 2 rows have none; allowed are whole numbers");
      world.run("DELETE FROM action WHERE id = 2 AND name = 'first'");
      assertThat(action(world.read(), 2).orElseThrow().name()).isEqualTo("second");
    }
  }

  @Test
  default void commandsOfAnyKindComeThroughUnchanged() throws Exception {
    List<String> commands =
        List.of(
            "x".repeat(1 << 20),
            "two\nlines\r\nand\ttabs",
            "back\\slash \\N \\. \\",
            "Zeichen ÄÖ 漢字 😀",
            "\u0001\u001b\u001e\u001f\u007f",
            "\u001f",
            "",
            " ");
    try (SourceWorld world = world()) {
      world.createPythonTable();
      for (int i = 0; i < commands.size(); i++) {
        world.insert(i, "n", commands.get(i), UNIX);
      }
      assertThat(world.read().actions()).extracting(Action::command).isEqualTo(commands);
      world.run("DELETE FROM action WHERE id = 0");
      assertThat(world.read().actions())
          .extracting(Action::command)
          .isEqualTo(commands.subList(1, commands.size()));
    }
  }

  @Test
  default void aScheduleThatNeverFiresAndANameThatIsMissingAreNoFaults() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.run("INSERT INTO action (id, command, cron) VALUES (1, 'c', '0 0 30 2 *')");
      Action action = world.read().actions().get(0);
      assertThat(action.timing().schedule().next(SourceWorld.START)).isEmpty();
      assertThat(action.label()).isEqualTo("action 1 \"\"");
    }
  }
}
