package io.actionscheduler.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.source.MangledRows;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestConfigs;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mangled rows by the thousand pour into the table while good rows fire each second. */
class RowFuzzIT {
  private static final long SEED = Long.getLong("seed", 6_810_348_873_271L);
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "command",
          "cron",
          "merge_missed",
          "actuality_time",
          "timezone",
          "callback",
          "parameters",
          "retry",
          "overlap",
          "enabled");
  private static final int GOOD = 5;
  private static final Pattern REFUSAL =
      Pattern.compile(
          "action (?<id>\\d+)( \".*?\")?: (?<column>[a-z_]+) (?<rest>(NULL|[\"X].*?): (?<problem>.{5,}))");
  private static final Pattern NUMBER =
      Pattern.compile("\"\\s*([-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?)\\s*\"");
  private static final int WAVES = 10;
  private static final int ROWS = 10_000;

  @TempDir Path folder;

  /** The values that each row had, one set after the other. */
  private final Map<Integer, List<Map<String, Object>>> poured = new HashMap<>();

  @Test
  void tenThousandMangledRowsStopNoGoodRowAndEachRefusalNamesItsCause() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    for (String column : COLUMNS.subList(5, COLUMNS.size())) {
      table.execute("ALTER TABLE action ADD COLUMN " + column + " TEXT");
    }
    for (int id = 1; id <= GOOD; id++) {
      table.execute(
          "INSERT INTO action (id, name, command, cron, actuality_time)"
              + " VALUES (%d, 'good', 'good %d', '* * * * * *', 5)".formatted(id, id));
    }
    MangledRows mangled = new MangledRows(new Random(SEED), false);
    Launch launch = Launch.in(folder).config(TestConfigs.trivial());
    try (Scheduler scheduler = launch.start()) {
      scheduler.stdout().await("good 1", Scheduler.PATIENCE);
      for (int wave = 0; wave < WAVES; wave++) {
        pour(table, mangled, wave);
        awaitGood(scheduler, 1); // noticed about now
      }
      awaitGood(scheduler, 3);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).as("seed %d", SEED).isZero();
      assertFiredEachSecond(scheduler);
      assertRefusalsWereLogged(scheduler);
    }
    assertEachRefusalNamesItsCause(launch);
  }

  /** A thousand rows, half of which take the place of rows of the wave before. */
  private void pour(SqliteTable table, MangledRows mangled, int wave) throws Exception {
    String sql =
        "INSERT OR REPLACE INTO action (id, %s) VALUES (?%s)"
            .formatted(String.join(", ", COLUMNS), ", ?".repeat(COLUMNS.size()));
    try (Connection connection = table.connect();
        PreparedStatement row = connection.prepareStatement(sql)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < ROWS / WAVES; i++) {
        int id = 1000 + wave * ROWS / WAVES / 2 + i;
        Map<String, Object> values = mangled.next();
        poured.computeIfAbsent(id, any -> new ArrayList<>()).add(values);
        row.setInt(1, id);
        for (int column = 0; column < COLUMNS.size(); column++) {
          row.setObject(column + 2, values.get(COLUMNS.get(column)));
        }
        row.addBatch();
      }
      row.executeBatch();
      connection.commit();
    }
  }

  private static void awaitGood(Scheduler scheduler, int more) throws InterruptedException {
    int count = scheduler.stdout().with("good 1$").size() + more;
    scheduler.stdout().await("good 1$", count, Scheduler.PATIENCE);
  }

  /** Each good row had one fire for each second, none of them so late that it expired. */
  private void assertFiredEachSecond(Scheduler scheduler) throws Exception {
    for (int id = 1; id <= GOOD; id++) {
      List<Instant> times = new ArrayList<>();
      for (Object one : history(id)) {
        Map<?, ?> fire = (Map<?, ?>) one;
        assertThat(fire.get("status")).as("%s; seed %d", fire, SEED).isEqualTo("success");
        times.add(0, Instant.parse(fire.get("scheduled_time").toString())); // the latest is first
      }
      Instant first = times.get(0);
      assertThat(times)
          .as("seed %d", SEED)
          .hasSameSizeAs(scheduler.stdout().with(" \\| good " + id + "$"))
          .isEqualTo(Stream.iterate(first, at -> at.plusSeconds(1)).limit(times.size()).toList());
    }
  }

  private List<?> history(int id) throws Exception {
    Launch history = Launch.in(folder).arguments("history", "--json", "--limit", "10000");
    try (Scheduler command = history.arguments("--action", Integer.toString(id)).start()) {
      assertThat(command.awaitExit()).isZero();
      String json =
          command.stdout().all().stream().map(Line::text).collect(Collectors.joining("\n"));
      return (List<?>) Json.parse(json);
    }
  }

  /** What the running program said of rows, as it noticed them. */
  private void assertRefusalsWereLogged(Scheduler scheduler) {
    List<String> logged =
        scheduler.stderr().with(" WARN +Rejections - action ").stream()
            .map(line -> line.text().replaceFirst("^\\S+ WARN +Rejections - ", ""))
            .toList();
    assertThat(logged).as("seed %d", SEED).hasSizeGreaterThan(WAVES * 10);
    logged.forEach(this::assertNamesItsCause);
    assertThat(scheduler.stderr().with("more rows are rejected; list them with: validate"))
        .as("a wave is more than the log takes; seed %d", SEED)
        .isNotEmpty();
    assertThat(scheduler.stderr().with("ERROR|Exception")).as("seed %d", SEED).isEmpty();
  }

  private void assertEachRefusalNamesItsCause(Launch launch) throws Exception {
    try (Scheduler validate = launch.arguments("validate").start()) {
      assertThat(validate.awaitExit()).isEqualTo(1);
      List<String> refusals =
          validate.stdout().with("^action 1?\\d{4}\\b").stream().map(Line::text).toList();
      assertThat(refusals).as("seed %d", SEED).hasSizeGreaterThan(1000);
      refusals.forEach(this::assertNamesItsCause);
    }
  }

  /** The action, the column, the value as it stood there, and what is allowed. */
  private void assertNamesItsCause(String refusal) {
    Matcher told = REFUSAL.matcher(refusal);
    assertThat(told.matches()).as("%s; seed %d", refusal, SEED).isTrue();
    assertThat(told.group("problem")).as("seed %d", SEED).doesNotContain("Exception");
    assertThat(COLUMNS).as("%s; seed %d", refusal, SEED).contains(told.group("column"));
    String column = told.group("column");
    assertThat(poured.get(Integer.parseInt(told.group("id"))))
        .as("%s; seed %d", refusal, SEED)
        .anyMatch(values -> isShown(values.get(column), told.group("rest")));
  }

  private static boolean isShown(Object value, String rest) {
    if (value == null) {
      return rest.startsWith("NULL: ");
    }
    String text = new String(value.toString().getBytes(UTF_8), UTF_8); // half a pair is stored as ?
    return rest.startsWith(Quoted.quote(text) + ": ")
        || rest.startsWith(Quoted.quote(text.strip()) + ": ")
        || isSameNumber(Quoted.quote(text.strip()), rest);
  }

  /** SQLite keeps a number in a column for numbers as one, and has its own words for it. */
  private static boolean isSameNumber(String ours, String theirs) {
    Matcher one = NUMBER.matcher(ours);
    Matcher other = NUMBER.matcher(theirs);
    if (!one.lookingAt()) {
      return false;
    }
    double value = Double.parseDouble(one.group(1));
    if (Double.isInfinite(value)) {
      return theirs.matches("\"-?Inf.*"); // 6e4711
    }
    return other.lookingAt()
        && Math.abs(value - Double.parseDouble(other.group(1))) <= Math.abs(value) * 1e-12;
  }
}
