package io.actionscheduler.move.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.app.moving.ForeignTables;
import io.actionscheduler.app.moving.Proven;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import io.actionscheduler.move.celery.BeatTables;
import io.actionscheduler.move.pgcron.PgCronTable;
import io.actionscheduler.move.xxljob.XxlJobTable;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedPostgres.class)
class TablesOfOthersTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId UTC = ZoneId.of("UTC");

  @TempDir Path folder;

  @Test
  void tasksOfCeleryBeatBecomeActions() throws Exception {
    Path file = folder.resolve("db.sqlite3");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          CREATE TABLE django_celery_beat_crontabschedule (id integer PRIMARY KEY, minute varchar(240),
            hour varchar(96), day_of_week varchar(64), day_of_month varchar(124), month_of_year varchar(64),
            timezone varchar(63));
          CREATE TABLE django_celery_beat_intervalschedule (id integer PRIMARY KEY, every integer, period varchar(24));
          CREATE TABLE django_celery_beat_clockedschedule (id integer PRIMARY KEY, clocked_time datetime);
          CREATE TABLE django_celery_beat_solarschedule (id integer PRIMARY KEY, event varchar(24));
          CREATE TABLE django_celery_beat_periodictask (id integer PRIMARY KEY, name varchar(200), task varchar(200),
            args text, kwargs text, queue varchar(200), enabled bool, last_run_at datetime, crontab_id integer,
            interval_id integer, solar_id integer, clocked_id integer, one_off bool, start_time datetime,
            expires datetime, expire_seconds integer, priority integer, headers text);
          INSERT INTO django_celery_beat_crontabschedule VALUES
            (1, '*/15', '22-2', 'mon-fri', '*', '*', 'UTC'), (2, '0', '9', '0,sat', '1-7', '*/3', 'Asia/Tokyo'),
            (3, '5/10', '*', '*', '*', '*', 'UTC');
          INSERT INTO django_celery_beat_intervalschedule VALUES (1, 10, 'minutes'), (2, 5, 'microseconds');
          INSERT INTO django_celery_beat_clockedschedule VALUES (1, '2027-05-05 10:00:00.000001');
          """);
      String columns =
          "INSERT INTO django_celery_beat_periodictask (name, task, args, kwargs, enabled, crontab_id,"
              + " interval_id, solar_id, clocked_id, one_off, expires, expire_seconds, queue) VALUES ";
      statement.executeUpdate(
          columns
              + """
              ('nights', 'app.tasks.night', '[1, "a"]', '{"x": true}', 1, 1, NULL, NULL, NULL, 0, NULL, 30, 'slow'),
              ('weekend', 'app.tasks.weekend', '[]', '{}', 0, 2, NULL, NULL, NULL, 0, '2028-01-01 00:00:00', NULL, NULL),
              ('often', 'app.tasks.often', '[]', '{}', 1, NULL, 1, NULL, NULL, 0, NULL, NULL, NULL),
              ('then', 'app.tasks.then', '[]', '{}', 1, NULL, NULL, NULL, 1, 1, NULL, NULL, NULL),
              ('dusk', 'app.tasks.dusk', '[]', '{}', 1, NULL, NULL, 1, NULL, 0, NULL, NULL, NULL),
              ('ends', 'app.tasks.ends', '[]', '{}', 1, NULL, 1, NULL, NULL, 0, '2027-01-01 00:10:00', NULL, NULL),
              ('micro', 'app.tasks.micro', '[]', '{}', 1, NULL, 2, NULL, NULL, 0, NULL, NULL, NULL),
              ('first', 'app.tasks.first', '[]', '{}', 1, 1, NULL, NULL, NULL, 1, NULL, NULL, NULL),
              ('celery.backend_cleanup', 'celery.backend_cleanup', '[]', '{}', 1, 1, NULL, NULL, NULL, 0, NULL, 43200, NULL)
              """);
    }

    Move move;
    try (Tables tables = ForeignTables.open("sqlite:///" + file, Map.of())) {
      move = new BeatTables(Optional.of("celery"), BERLIN).read(tables);
    }

    assertThat(row(move, "nights"))
        .containsEntry("command", "app.tasks.night")
        .containsEntry("timezone", "UTC")
        .containsEntry("enabled", true)
        .containsEntry("actuality_time", 30L)
        .containsEntry(
            "parameters",
            Map.of("args", List.of(1L, "a"), "kwargs", Map.of("x", true), "queue", "slow"))
        .containsEntry(
            "cron",
            Map.of(
                "format",
                "apscheduler",
                "params",
                Map.of("day_of_week", "mon-fri", "hour", "0-2,22,23", "minute", "*/15")));
    assertThat(row(move, "weekend")).containsEntry("enabled", false);
    assertThat(row(move, "weekend").get("cron").toString())
        .contains("day_of_week=sat,sun", "day=1-7", "month=*/3", "end_date=2027-12-31T23:59:59Z");
    assertThat(row(move, "often").get("cron").toString()).contains("every=600s");
    assertThat(row(move, "ends").get("cron").toString()).contains("end_date=2027-01-01T00:09:59Z");
    assertThat(row(move, "then").get("cron").toString()).contains("2027-05-05T10:00:00.000001Z");
    assertThat(reasons(move))
        .containsOnlyKeys("task dusk", "task micro", "task first", "task celery.backend_cleanup");
    assertThat(reasons(move).get("task dusk")).contains("the sun's schedule");
    assertThat(move.isWhole()).isTrue();
    assertIsProved(move, BERLIN);
  }

  @Test
  void whatCeleryBeatKeepsInAFileIsNoSchedule() {
    assertThatThrownBy(() -> ForeignTables.open("/var/lib/celerybeat-schedule.db", Map.of()))
        .isInstanceOf(Tables.Unreadable.class)
        .hasMessageContaining("holds when each task last ran, and no schedule");
  }

  @Test
  void jobsOfPgCronBecomeActions(TestPostgres postgres) throws Exception {
    String database = postgres.createDatabase();
    try (var connection = postgres.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE SCHEMA cron;
          CREATE TABLE job (jobid int); -- of somebody else
          CREATE TABLE cron.job (jobid bigint PRIMARY KEY, schedule text, command text, nodename text,
            nodeport int, database text, username text, active boolean, jobname text);
          INSERT INTO cron.job VALUES
            (1, '30 3 * * 6', 'DELETE FROM events', 'localhost', 5432, 'shop', 'me', true, 'cleanup'),
            (2, '0 0 $ * *', 'CALL month()', 'localhost', 5432, 'shop', 'me', false, NULL),
            (3, '30 seconds', 'SELECT 1', 'localhost', 5432, 'shop', 'me', true, 'poll'),
            (4, '0 0 1,$ * *', 'SELECT 1', 'localhost', 5432, 'shop', 'me', true, 'both'),
            (5, '@reboot', 'SELECT 1', 'localhost', 5432, 'shop', 'me', true, 'boot'),
            (6, '0 0 * * fri-sun', 'SELECT 1', 'localhost', 5432, 'shop', 'me', true, 'never'),
            (7, '0 4 * * 1', NULL, 'localhost', 5432, 'shop', 'me', true, 'nothing');
          """);
    }

    Move move;
    try (Tables tables =
        ForeignTables.open(
            "jdbc:postgresql://postgres:open%20sesame@127.0.0.1:"
                + postgres.port()
                + "/"
                + database,
            Map.of())) {
      move = new PgCronTable(Optional.of("sql"), UTC).read(tables);
    }

    assertThat(row(move, "cleanup"))
        .containsEntry("cron", "30 3 * * 6")
        .containsEntry("command", "DELETE FROM events")
        .containsEntry("timezone", "UTC")
        .containsEntry("parameters", Map.of("database", "shop", "username", "me"))
        .doesNotContainKey("enabled");
    assertThat(row(move, "pg_cron job 2"))
        .containsEntry("cron", "0 0 L * *")
        .containsEntry("enabled", false);
    assertThat(row(move, "poll")).containsEntry("cron", "30s");
    assertThat(reasons(move)).containsOnlyKeys("job 4", "job 5", "job 6");
    assertThat(reasons(move).get("job 6")).contains("pg_cron takes it and never runs it");
    assertThat(row(move, "nothing")).containsEntry("command", "");
    assertIsProved(move, UTC);
  }

  /** As {@code mysql --batch} writes the table; the driver of MySQL is not ours. */
  @Test
  void jobsOfXxlJobBecomeActions() throws Exception {
    Files.writeString(
        folder.resolve("xxl_job_info.tsv"),
        """
        id|job_group|job_desc|schedule_type|schedule_conf|misfire_strategy|executor_handler|executor_param|executor_block_strategy|executor_fail_retry_count|glue_type|trigger_status|child_jobid|trigger_next_time
        1|1|nightly|CRON|0 0 2 * * ?|DO_NOTHING|nightlyHandler|a\\nb|SERIAL_EXECUTION|3|BEAN|1|2|0
        2|1|rate|FIX_RATE|30|FIRE_ONCE_NOW|rateHandler|NULL|COVER_EARLY|0|BEAN|0|NULL|0
        3|1|hand|NONE||DO_NOTHING|handHandler|NULL|DISCARD_LATER|0|BEAN|0|NULL|0
        4|1|script|CRON|0 0 3 * * ?|DO_NOTHING||NULL|DISCARD_LATER|0|GLUE_SHELL|1|NULL|0
        5|1|runs|FIX_RATE|90|DO_NOTHING|runsHandler|NULL|OTHER|0|BEAN|1|NULL|1795809607000
        """
            .replace('|', '\t'));

    Move move;
    try (Tables tables = ForeignTables.open(folder.toString(), Map.of())) {
      move = new XxlJobTable(Optional.of("xxl"), ZoneId.of("Asia/Shanghai")).read(tables);
    }

    assertThat(row(move, "nightly (1)"))
        .containsEntry("command", "nightlyHandler")
        .containsEntry("parameters", Map.of("param", "a\nb"))
        .containsEntry("actuality_time", 5L)
        .containsEntry("overlap", "queue")
        .containsEntry("retry", Map.of("max_retries", 3L))
        .containsEntry("enabled", true);
    assertThat(row(move, "rate (2)"))
        .containsEntry("cron", "30s")
        .containsEntry("enabled", false)
        .doesNotContainKey("actuality_time");
    assertThat(move.actions().get(2).notes())
        .anyMatch(note -> note.contains("executor_block_strategy \"OTHER\" is not known"));
    assertThat(row(move, "runs (5)"))
        .containsEntry("overlap", "skip")
        .containsEntry(
            "cron",
            Map.of(
                "format",
                "interval",
                "params",
                Map.of("every", "90s", "start_date", "2026-11-27T20:00:07Z")));
    assertThat(reasons(move)).containsOnlyKeys("job 3", "job 4");
    assertIsProved(move, ZoneId.of("Asia/Shanghai"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xxl_job_info.csv | id,job_desc | has no column executor_block_strategy",
        "xxl_job_info.csv | '' | is empty; its first line names the columns",
        "other.csv | id | there is no table xxl_job_info",
      })
  void tablesOfOtherVersionsAreTold(String name, String head, String message) throws Exception {
    Files.writeString(folder.resolve(name), head.isEmpty() ? "" : head + "\n");

    assertThatThrownBy(
            () -> {
              try (Tables tables = ForeignTables.open(folder.toString(), Map.of())) {
                new XxlJobTable(Optional.empty(), UTC).read(tables);
              }
            })
        .isInstanceOf(Tables.Unreadable.class)
        .hasMessageContaining(message.split(" column ")[0]);
  }

  @Test
  void anExportInAnotherEncodingOrWithHalfARowIsTold() throws Exception {
    Path file = folder.resolve("xxl_job_info.csv");
    Files.write(file, new byte[] {'i', 'd', '\n', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> ForeignTables.open(file.toString(), Map.of()).rows("xxl_job_info"))
        .hasMessageContaining("is not text in UTF-8");
    Files.writeString(file, "id,job_desc\n1,\"a, \"\"b\"\"\n c\"\n2\n");
    assertThatThrownBy(() -> ForeignTables.open(file.toString(), Map.of()).rows("xxl_job_info"))
        .hasMessageContaining("row 2 has 1 values for 2 columns");
    Files.writeString(file, "id,job_desc\n1,\"a\"\n2,\"half of");
    assertThatThrownBy(() -> ForeignTables.open(file.toString(), Map.of()).rows("xxl_job_info"))
        .hasMessageContaining("ends within a quoted value in row 2; the export is incomplete");
  }

  @Test
  void aByteOrderMarkAndLineEndsOfWindowsBelongToNoColumn() throws Exception {
    Path file = folder.resolve("xxl_job_info.csv");
    Files.writeString(file, "\ufeffid,job_desc\r\n1,\"\"\r\n");

    List<TableRow> rows = ForeignTables.open(file.toString(), Map.of()).rows("xxl_job_info");

    assertThat(rows)
        .extracting(TableRow::values)
        .containsExactly(Map.of("id", "1", "job_desc", ""));
  }

  /** A range that wraps is read by pg_cron, and refused here. */
  @Test
  void aScheduleThatOnlyTheOtherProgramReadsIsLeftOut() {
    Moved moved =
        new Moved(
            "job 1",
            Map.of("name", "night", "command", "x", "cron", "0 1-3,22-2 * * *"),
            (from, to) -> new long[0],
            List.of());

    Proven proven =
        Proven.of(
            new Move(List.of(moved), List.of(), Map.of()),
            CronReaders.of(UnixDialect.CRONTAB),
            UTC,
            Instant.EPOCH);

    assertThat(proven.actions()).isEmpty();
    assertThat(proven.move().actions()).isEmpty();
    assertThat(proven.move().isWhole()).isFalse();
    assertThat(proven.move().leftOut().get(0).reason()).contains("the range is reversed");
  }

  private static void assertIsProved(Move move, ZoneId zone) {
    Proven proven =
        Proven.of(
            move, CronReaders.of(UnixDialect.CRONTAB), zone, Instant.parse("2026-11-27T20:00:00Z"));
    assertThat(proven.actions())
        .allSatisfy(
            action ->
                assertThat(action.proof().isSame())
                    .as("%s: %s", action.moved().name(), action.proof())
                    .isTrue());
  }

  private static Map<String, Object> row(Move move, String name) {
    return move.actions().stream()
        .filter(of -> of.name().equals(name))
        .map(Moved::row)
        .findAny()
        .orElseThrow(() -> new AssertionError(name + " is not in " + move));
  }

  private static Map<String, String> reasons(Move move) {
    return move.leftOut().stream().collect(Collectors.toMap(LeftOut::place, LeftOut::reason));
  }
}
