package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.UNIX;
import static io.actionscheduler.source.SourceWorld.action;
import static io.actionscheduler.source.SourceWorld.messages;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that cannot be understood, on every kind of database. */
interface BadRowsContract {

  SourceWorld world() throws Exception;

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cron | {bad json | cron \"{bad json\": not JSON: ",
        "cron | {\"format\": \"cronish\", \"params\": {\"value\": \"* * * * *\"}} | \"cronish\"",
        "cron | {\"format\": \"unix\"} | params",
        "cron | 0/15 * * * * | write 0-59/15",
        "cron | 61 * * * * | 61",
        "cron | [1, 2] | cron \"[1, 2]\": ",
        "cron | null | cron \"null\": ",
        "cron | `` | cron \"\": ",
        "merge_missed | maybe | merge_missed \"maybe\": allowed are true, false and NULL",
        "merge_missed | `` | merge_missed \"\": allowed are true, false and NULL",
        "actuality_time | soon | actuality_time \"soon\": allowed are whole numbers and NULL",
        "actuality_time | 1e9 | actuality_time \"1e9\": allowed are whole numbers and NULL",
        "actuality_time | 99999999999999999999 | allowed are whole numbers and NULL",
        "enabled | 2 | enabled \"2\": allowed are true, false and NULL",
        "timezone | Europe/Berlinn | did you mean Europe/Berlin?",
        "timezone | +99:00 | timezone \"+99:00\": no known zone",
        "callback | kafak | known are kafka, redis, stdout; did you mean kafka?",
        "callback | kafka, | callback \"kafka,\": no such callback",
        "callback | [\"kafka\", 7] | no such callback",
        "callback | [] | no such callback; known are",
        "callback | new | known after \"action-scheduler reload\"",
        "callback | python_code | callback \"python_code\": runs code, which is not enabled; set",
        "callback | [kafka] | not JSON",
        "parameters | [1] | parameters \"[1]\": allowed are a JSON object",
        "parameters | {\"a\": 1, \"a\": 2} | parameters \"{\"a\": 1, \"a\": 2}\": not JSON",
        "retry | {\"max_retry\": 1} | retry \"{\"max_retry\": 1}\": max_retry: unknown",
        "retry | {\"max_retry\": 1} | did you mean max_retries?",
        "retry | {\"max_retries\": -1} | max_retries: allowed are numbers from 0 to 1000000",
        "retry | {\"max_retries\": 1.5} | max_retries: allowed are whole numbers",
        "retry | {\"retry_delay\": \"1s\"} | retry_delay: allowed are numbers from 0.001",
        "retry | {\"backoff_factor\": 0.5} | backoff_factor: allowed are numbers from 1",
        "overlap | queu | overlap \"queu\": allowed are queue, skip, allow and NULL",
        "overlap | queu | did you mean queue?",
      })
  default void aRowThatCannotBeUnderstoodIsRejectedWithItsCauseAndTheOthersGoOn(
      String column, String value, String message) throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.insert(1, "fine", "c", UNIX);
      Map<String, Object> row = new HashMap<>();
      row.putAll(Map.of("id", 2, "name", "bad", "command", "c", "cron", UNIX));
      row.put(column, value);
      world.insert(row);
      world.insert(3, "fine", "c", UNIX);
      Snapshot snapshot = world.read();
      assertThat(snapshot.actions()).extracting(a -> a.id().text()).containsExactly("1", "3");
      assertThat(messages(snapshot)).hasSize(1);
      assertThat(messages(snapshot).get(0))
          .startsWith("action 2 \"bad\": " + column + " \"" + value + "\": ")
          .contains(message)
          .doesNotContain("\n");
    }
  }

  @Test
  default void aCommandAndAScheduleAreRequired() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.run(
          "INSERT INTO action (id, name, cron) VALUES (1, 'a', '@daily')",
          "INSERT INTO action (id, name, command) VALUES (2, 'b', 'c')");
      assertThat(messages(world.read()))
          .containsExactly(
              "action 1 \"a\": command NULL: a command is required; empty text is one",
              "action 2 \"b\": cron NULL: a schedule is required, such as */5 * * * *");
    }
  }

  @Test
  default void messagesStayOnOneShortLine() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.insert(1, "line\nbreak", "c", "\u001b[31m" + "x".repeat(100_000));
      String message = messages(world.read()).get(0);
      assertThat(message)
          .startsWith("action 1 \"line\\nbreak\": cron \"\\u001b[31mxxx")
          .hasSizeLessThan(1_000);
    }
  }

  @Test
  default void aRejectedRowIsToldInTheSameWordsUntilItIsMended() throws Exception {
    try (SourceWorld world = world()) {
      world.createLooseTable();
      world.insert(1, "bad", "c", "nonsense");
      List<String> first = messages(world.read());
      assertThat(world.poll()).isEmpty();
      world.insert(2, "fine", "c", UNIX);
      assertThat(messages(world.read())).isEqualTo(first);
      world.run("UPDATE action SET cron = '@daily' WHERE id = 1");
      Snapshot mended = world.read();
      assertThat(mended.rejections()).isEmpty();
      assertThat(action(mended, 1)).isPresent();
    }
  }

  /** Seeded mutations of valid rows. */
  @Test
  default void noRowHoweverMangledStopsTheOthers() throws Exception {
    long seed = 20_261_120L;
    System.out.println("mangled rows: seed " + seed);
    Random random = new Random(seed);
    int rows = 10_000;
    try (SourceWorld world = world()) {
      world.createLooseTable();
      MangledRows mangled = new MangledRows(random, !world.isSqlite());
      List<Map<String, Object>> all = new ArrayList<>();
      for (int id = 0; id < rows; id++) {
        Map<String, Object> row = id % 10 == 0 ? MangledRows.valid() : mangled.next();
        row.put("id", id);
        all.add(row);
      }
      world.insertAll(all);
      Snapshot snapshot = world.read();
      assertThat(snapshot.actions().size() + snapshot.rejections().size()).isEqualTo(rows);
      assertThat(snapshot.rejections()).hasSizeGreaterThan(rows / 10);
      for (int id = 0; id < rows; id += 1_000) {
        assertThat(action(snapshot, id)).isPresent();
      }
      assertThat(messages(snapshot))
          .allSatisfy(
              message ->
                  assertThat(message)
                      .matches("(?s)action \\d+( \".*\")?: [a-z_]+ (NULL|[\"X].*): .{5,}")
                      .doesNotContain("Exception", "\n"));
      assertThat(world.poll()).isEmpty();
    }
  }
}
