package io.actionscheduler.move.apscheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.actionscheduler.app.moving.ForeignTables;
import io.actionscheduler.app.moving.Proven;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedPostgres.class)
class JobStoreTest {
  private static final Path SCRIPT = Path.of("src/test/resources/apscheduler/make_store.py");

  @TempDir Path folder;

  /** Protocols 2 and 5 as stores were made once; the rest by the test with the real program. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void jobsBecomeActions(int protocol) throws Exception {
    Move move = read("src/test/resources/apscheduler/store-" + protocol + ".sqlite");

    assertIsTheStore(move);
  }

  private static void assertIsTheStore(Move move) {
    Map<String, Map<String, Object>> rows =
        move.actions().stream().collect(Collectors.toMap(Moved::name, Moved::row));
    assertThat(rows.get("office"))
        .containsEntry("command", "os:listdir")
        .containsEntry("timezone", "Europe/Berlin")
        .containsEntry("callback", "python")
        .containsEntry("merge_missed", true)
        .containsEntry("actuality_time", 300L)
        .containsEntry("overlap", "skip")
        .containsEntry("parameters", Map.of("args", List.of("/tmp")))
        .containsEntry(
            "cron",
            Map.of(
                "format",
                "apscheduler",
                "params",
                Map.of(
                    "day_of_week", "mon-fri", "hour", "9-17/2", "minute", "*/20", "second", "0")));
    assertThat(rows.get("ends"))
        .containsEntry("overlap", "allow")
        .containsEntry("merge_missed", false);
    assertThat(params(rows.get("ends")))
        .containsEntry("day", "last,1st mon")
        .containsEntry("start_date", "2026-01-01T00:00+09:00")
        .containsEntry("end_date", "2030-01-01T00:00Z")
        .containsEntry("jitter", 30L);
    assertThat(rows.get("crontab")).containsEntry("actuality_time", -1L);
    assertThat(params(rows.get("crontab")))
        .containsEntry("day_of_week", "tue,sun")
        .containsEntry("month", "1-3,12")
        .containsEntry("day", "*/2");
    assertThat(rows.get("Every so often"))
        .containsEntry(
            "parameters",
            Map.of(
                "args",
                Arrays.asList("a", 1L, null, true, 2.5, List.of(1L, Map.of("x", List.of(1L, 2L)))),
                "kwargs",
                Map.of("sep", "é", "end", "2026-01-02T03:04:05Z")));
    assertThat(params(rows.get("Every so often")))
        .isEqualTo(Map.of("every", "5400s", "start_date", "2026-11-01T10:00+01:00"));
    assertThat(params(rows.get("once"))).containsEntry("run_date", "2028-05-05T10:00+02:00");
    assertThat(rows.get("or (2)")).as("%s", move.leftOut()).containsEntry("command", "os:getcwd");
    assertThat(rows.get("paused")).containsEntry("enabled", false);
    assertThat(move.leftOut())
        .extracting(LeftOut::place)
        .containsExactlyInAnyOrder("job and", "job bytes");
    assertThat(move.leftOut().toString()).contains("AndTrigger", "hold bytes");
    assertThat(move.isWhole()).isTrue();
    assertThat(move.actions().toString()).doesNotContain("moved it by hand");
  }

  @Test
  void eachIsProvedForTwoYears() throws Exception {
    Proven proven =
        Proven.of(
            read("src/test/resources/apscheduler/store-5.sqlite"),
            CronReaders.of(UnixDialect.CRONTAB),
            ZoneOffset.UTC,
            Instant.parse("2026-11-27T20:00:00Z"));

    assertThat(proven.actions())
        .allSatisfy(
            action ->
                assertThat(action.proof().differences())
                    .as(action.moved().name())
                    .allMatch(
                        of ->
                            of.kind() == Difference.Kind.CLOCK_CHANGE
                                || action.moved().name().equals("or (2)")));
    assertThat(proven.actions().stream().filter(of -> of.moved().name().equals("or (2)")))
        .allMatch(of -> of.proof().here() - of.proof().there() == 731);
    assertThat(proven.actions().stream().filter(of -> of.proof().isSame())).hasSizeGreaterThan(6);
  }

  /** The real program, at each protocol: what it stores, and when it runs it. */
  @Test
  void aStoreOfTheRealProgramIsReadAndRunsWhenItSays() throws Exception {
    String python = python();
    boolean isRead = hasReadClockChanges(python);
    for (int protocol = 2; protocol <= 5; protocol++) {
      String day = !isRead ? "2027-04-06" : protocol % 2 == 0 ? "2027-03-27" : "2027-10-30";
      String after = day + "T12:00:00+00:00";
      Path store = folder.resolve("store-" + protocol + ".db");
      String times =
          run(List.of(python, SCRIPT.toString(), "sqlite:///" + store, "" + protocol, after, "25"));
      Move move = read(store.toString());
      assertIsTheStore(move);
      Instant until = isRead ? Instant.MAX : Instant.parse("2027-09-01T00:00:00Z");
      assertRunsAt(move, times, Instant.parse(after.replace("+00:00", "Z")), until);
    }
  }

  /**
   * Where clocks change, we read as 3.11.3 does. Earlier versions differ there, and so do their
   * intervals that began before a change; Debian 12 has 3.9.1.
   */
  private static boolean hasReadClockChanges(String python) throws InterruptedException {
    return succeeds(
        List.of(
            python,
            "-c",
            "import sys, importlib.metadata as m;"
                + " sys.exit([int(x) for x in m.version('apscheduler').split('.')[:3]] < [3, 11, 3])"));
  }

  private static void assertRunsAt(Move move, String lines, Instant after, Instant until) {
    Map<String, List<?>> theirs = new HashMap<>();
    for (String line : lines.lines().filter(line -> line.startsWith("{")).toList()) {
      Map<?, ?> job = (Map<?, ?>) assertJson(line);
      theirs.put(
          "job " + job.get("id"),
          ((List<?>) job.get("times"))
              .stream()
                  .filter(time -> ((Number) time).longValue() <= until.getEpochSecond())
                  .toList());
    }
    assertThat(theirs).hasSizeGreaterThan(10);
    for (Moved moved : move.actions()) {
      if (moved.place().equals("job or")) {
        continue; // two actions; the proof of each is of its own trigger
      }
      if (!until.equals(Instant.MAX) && params(moved.row()).containsKey("every")) {
        continue;
      }
      Elsewhere ours = moved.elsewhere();
      List<?> expected = theirs.get(moved.place());
      Instant end =
          expected.isEmpty()
              ? after.plusSeconds(86_400)
              : Instant.ofEpochSecond(
                  ((Number) expected.get(expected.size() - 1)).longValue(), 999_999_999);
      assertThat(Arrays.stream(ours.between(after.minusSeconds(1), end)).boxed().toList())
          .as("%s after %s", moved.name(), after)
          .isEqualTo(expected);
    }
  }

  private static Object assertJson(String line) {
    try {
      return Json.parse(line);
    } catch (InvalidJson e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void aStoreOnPostgresqlIsReadToo(TestPostgres postgres) throws Exception {
    String database = postgres.createDatabase();
    try (var connection = postgres.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE apscheduler_jobs (id varchar(191) PRIMARY KEY, next_run_time double "
              + "precision,"
              + " job_state bytea NOT NULL)");
      try (Tables sqlite =
              ForeignTables.open("src/test/resources/apscheduler/store-5.sqlite", Map.of());
          var insert =
              connection.prepareStatement("INSERT INTO apscheduler_jobs VALUES (?, ?, ?)")) {
        for (TableRow row : sqlite.rows("apscheduler_jobs")) {
          insert.setString(1, row.textOr("id"));
          insert.setObject(2, row.number("next_run_time").map(Long::doubleValue).orElse(null));
          insert.setBytes(3, row.bytes("job_state").orElseThrow());
          insert.executeUpdate();
        }
      }
    }
    assertIsTheStore(
        read("postgresql://postgres:open%20sesame@127.0.0.1:" + postgres.port() + "/" + database));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cposix\nsystem\n(S'touch %s'\ntR.", // protocol 0
        "(S'touch %s'\niposix\nsystem\n.",
        "\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093\u008c\u0008touch %s\u0085R.",
        "\u0080\u0004}\u008c\u0004funccbuiltins\ngetattr\ncos\nstat\n\u008c\u0004name\u0086Rs.",
        "\u0080\u0002}X\u0004\u0000\u0000\u0000funcc__builtin__\neval\nX\u0001\u0000\u0000\u00001\u0085Rs."
      })
  void aPickleMadeToRunCodeIsNamedAndNeverRun(String pickle) throws Exception {
    Path ran = folder.resolve("ran");
    byte[] bytes = pickle.formatted(ran).getBytes(StandardCharsets.ISO_8859_1);
    if (pickle.contains("\b")) {
      bytes[indexOf(bytes, (byte) 8)] = (byte) ("touch " + ran).length();
    }

    Move move = new JobStore(Optional.empty()).read(store(bytes));

    assertThat(move.isWhole()).isFalse();
    assertThat(move.actions()).isEmpty();
    assertThat(move.leftOut().get(0).reason()).contains("it was read as data, and nothing ran");
    assertThat(move.leftOut().get(0).written()).matches("posix.system|builtins.(getattr|eval)");
    assertThat(ran).doesNotExist();
  }

  private static int indexOf(byte[] bytes, byte value) {
    int at = 0;
    while (bytes[at] != value) {
      at++;
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0080\u0009.",
        "\u0080\u0004",
        "}",
        ".",
        "a.",
        "\u0080\u0004h\u0007.",
        "X\u00ff\u00ff\u00ff\u007fa.",
        "\u008d\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0080.",
        "((((",
        "e.",
        "Ix\n.",
        "]b.",
        "\u00ff.",
        "(]1t."
      })
  void whatIsNoPickleIsToldAsSuch(String pickle) throws Exception {
    Move move =
        new JobStore(Optional.empty()).read(store(pickle.getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(move.isWhole()).isFalse();
    assertThat(move.leftOut().get(0).reason()).startsWith("not a pickle: ");
  }

  /** Values that hold themselves twice over, again and again, would be 2^64 of them written out. */
  @Test
  void aPickleThatGrowsIsBounded() throws Exception {
    byte[] jobs = store5("office");
    String text = new String(jobs, StandardCharsets.ISO_8859_1);
    StringBuilder grows = new StringBuilder("]q\u00960");
    for (char i = 0x96; i < 0x96 + 64; i++) {
      grows
          .append("](h")
          .append(i)
          .append("h")
          .append(i)
          .append("eq")
          .append((char) (i + 1))
          .append("0");
    }
    grows.append("h").append((char) (0x96 + 64));
    int begin = text.indexOf("\u008c\u0004args") + 7; // behind its MEMOIZE
    String whole =
        "\u0080\u0004"
            + text.substring(11, begin)
            + grows
            + text.substring(text.indexOf("\u008c\u0006kwargs"));

    Move move =
        new JobStore(Optional.empty()).read(store(whole.getBytes(StandardCharsets.ISO_8859_1)));

    assertThat(move.actions()).isEmpty();
    assertThat(move.leftOut().toString()).contains("too large, or contain themselves");
  }

  @Test
  void tablesOfOtherProgramsAndMissingOnesAreTold() {
    assertThatThrownBy(() -> read(folder.resolve("none.db").toString()))
        .isInstanceOf(Tables.Unreadable.class)
        .hasMessageContaining("no such file");
    assertThat(folder.resolve("none.db")).doesNotExist();
    assertThatThrownBy(() -> new JobStore(Optional.empty()).read(new OneTable("x", List.of())))
        .hasMessageContaining("there is no table apscheduler_jobs, which APScheduler 3 has");
    assertThatThrownBy(
            () ->
                new JobStore(Optional.empty())
                    .read(new OneTable("apscheduler_jobs", List.of("id"))))
        .hasMessageContaining("no column next_run_time, job_state; it belongs to a version");
    assertThatThrownBy(() -> read("mysql://me:secret@h/d"))
        .hasMessageContaining("mysql is not supported")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> read("postgresql://me:secret@127.0.0.1:1/d"))
        .hasMessageContaining("cannot be read")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () -> {
              Files.writeString(folder.resolve("text.db"), "no database");
              read(folder.resolve("text.db").toString());
            })
        .hasMessageContaining("not a database");
  }

  private static Move read(String place) throws Tables.Unreadable {
    try (Tables tables = ForeignTables.open(place, Map.of())) {
      return new JobStore(Optional.of("python")).read(tables);
    }
  }

  private static byte[] store5(String id) throws Tables.Unreadable {
    try (Tables tables =
        ForeignTables.open("src/test/resources/apscheduler/store-5.sqlite", Map.of())) {
      return tables.rows("apscheduler_jobs").stream()
          .filter(row -> row.textOr("id").equals(id))
          .findAny()
          .flatMap(row -> row.bytes("job_state"))
          .orElseThrow();
    }
  }

  private static Tables store(byte[] pickle) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", "evil");
    row.put("next_run_time", 1.0);
    row.put("job_state", pickle);
    return new OneTable(
        "apscheduler_jobs", List.of("id", "next_run_time", "job_state"), new TableRow(row));
  }

  private record OneTable(String name, List<String> columns, TableRow... some) implements Tables {
    @Override
    public Set<String> columns(String table) {
      return table.equals(name) ? Set.copyOf(columns) : Set.of();
    }

    @Override
    public List<TableRow> rows(String table) {
      return List.of(some);
    }

    @Override
    public String place() {
      return "jobs.sqlite";
    }

    @Override
    public Set<String> names() {
      return Set.of(name);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> params(Map<String, Object> row) {
    return (Map<String, Object>) ((Map<?, ?>) row.get("cron")).get("params");
  }

  /** A Python that has APScheduler: the first in the path, or that of the system. */
  private static String python() throws Exception {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      if (succeeds(List.of(python, "-c", "import apscheduler, sqlalchemy, zoneinfo"))) {
        return python;
      }
    }
    return abort(
        "APScheduler and SQLAlchemy are not installed (Debian: python3-apscheduler,"
            + " python3-sqlalchemy)");
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("env", "TZ=UTC"), command.stream()).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
