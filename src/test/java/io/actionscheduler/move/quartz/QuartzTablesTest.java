package io.actionscheduler.move.quartz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quartz.CronScheduleBuilder.cronSchedule;
import static org.quartz.JobBuilder.newJob;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import io.actionscheduler.app.moving.ForeignTables;
import io.actionscheduler.app.moving.Proven;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.Tables;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.quartz.CalendarIntervalScheduleBuilder;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.calendar.WeeklyCalendar;

/** What Quartz's own JDBC store has written into PostgreSQL. */
@ExtendWith(SharedPostgres.class)
class QuartzTablesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-27T20:00:00Z");

  /** A job that never runs: the scheduler is not started. */
  @DisallowConcurrentExecution
  public static final class Report implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      throw new IllegalStateException("the scheduler is not started");
    }
  }

  @Test
  void triggersBecomeActions(TestPostgres postgres) throws Exception {
    String database = postgres.createDatabase();
    createTables(postgres, database);
    fill(postgres, database);

    Move move;
    try (Tables tables =
        ForeignTables.open(
            "postgresql://postgres@127.0.0.1:" + postgres.port() + "/" + database,
            Map.of("PGPASSWORD", TestPostgres.PASSWORD))) {
      move = new QuartzTables(Optional.of("java"), BERLIN, NOW).read(tables);
    }

    Map<String, Map<String, Object>> rows =
        move.actions().stream().collect(Collectors.toMap(Moved::name, Moved::row));
    assertThat(rows.keySet())
        .containsExactlyInAnyOrder(
            "nightly", "tokyo", "reports.paused", "forever", "once", "ten times", "ends", "later");
    assertThat(rows.get("nightly"))
        .containsEntry("command", Report.class.getName())
        .containsEntry(
            "cron", Map.of("format", "quartz", "params", Map.of("value", "0 30 2 ? * MON-FRI")))
        .containsEntry("callback", "java")
        .containsEntry("overlap", "queue")
        .containsEntry("merge_missed", true)
        .containsEntry("actuality_time", -1L)
        .doesNotContainKey("enabled");
    assertThat(rows.get("tokyo"))
        .containsEntry("timezone", "Asia/Tokyo")
        .containsEntry("merge_missed", true)
        .containsEntry("actuality_time", 60L);
    assertThat(rows.get("reports.paused"))
        .containsEntry("enabled", false)
        .containsEntry("merge_missed", false);
    assertThat(rows.get("forever").get("cron"))
        .isEqualTo(
            Map.of(
                "format",
                "interval",
                "params",
                Map.of("every", "90s", "start_date", "2026-11-01T00:00:00Z")));
    assertThat(rows.get("forever")).containsEntry("actuality_time", 60L);
    assertThat(rows.get("once").get("cron").toString()).contains("2027-05-05T10:00:00Z");
    assertThat(move.leftOut().stream().collect(Collectors.toMap(LeftOut::place, LeftOut::reason)))
        .hasEntrySatisfying(
            "trigger kept off", reason -> assertThat(reason).contains("calendar \"no weekends\""))
        .hasEntrySatisfying(
            "trigger months", reason -> assertThat(reason).contains("interval of the calendar"))
        .hasSize(2);
    assertThat(params(rows.get("ten times")))
        .containsEntry("start_date", "2026-12-01T08:00:00.250Z")
        .containsEntry("end_date", "2026-12-01T17:00:00.250Z");
    assertThat(params(rows.get("ends"))).containsEntry("end_date", "2027-02-03T08:00:00Z");
    assertThat(params(rows.get("later"))).containsEntry("start_date", "2027-01-04T08:00:00Z");
    assertIsProved(move);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> params(Map<String, Object> row) {
    return (Map<String, Object>) ((Map<?, ?>) row.get("cron")).get("params");
  }

  private static void assertIsProved(Move move) {
    Proven proven = Proven.of(move, CronReaders.of(UnixDialect.CRONTAB), BERLIN, NOW);
    for (Proven.Action action : proven.actions()) {
      assertThat(action.proof().differences())
          .as(action.moved().name())
          .allMatch(of -> of.kind() == Difference.Kind.CLOCK_CHANGE);
      assertThat(action.proof().here()).isPositive();
    }
  }

  private static void createTables(TestPostgres postgres, String database) throws Exception {
    String script;
    try (InputStream in =
        Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_postgres.sql")) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (var connection = postgres.connect(database);
        var statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  private static void fill(TestPostgres postgres, String database) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", "moving");
    properties.setProperty("org.quartz.threadPool.threadCount", "1");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    properties.setProperty("org.quartz.jobStore.dataSource", "db");
    properties.setProperty("org.quartz.dataSource.db.provider", "hikaricp");
    properties.setProperty("org.quartz.dataSource.db.driver", "org.postgresql.Driver");
    properties.setProperty("org.quartz.dataSource.db.URL", postgres.url(database));
    properties.setProperty("org.quartz.dataSource.db.user", TestPostgres.USER);
    properties.setProperty("org.quartz.dataSource.db.password", TestPostgres.PASSWORD);
    Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
    try {
      JobDetail job = newJob(Report.class).withIdentity("report").storeDurably().build();
      scheduler.addJob(job, true);
      scheduler.addCalendar("no weekends", new WeeklyCalendar(), true, true);
      add(scheduler, trigger("nightly").withSchedule(cronSchedule("0 30 2 ? * MON-FRI")));
      add(
          scheduler,
          trigger("tokyo")
              .withSchedule(
                  cronSchedule("0 0/20 9 L * ?")
                      .inTimeZone(TimeZone.getTimeZone("Asia/Tokyo"))
                      .withMisfireHandlingInstructionDoNothing()));
      add(
          scheduler,
          trigger("paused")
              .withIdentity("paused", "reports")
              .withSchedule(
                  cronSchedule("0 0 12 1W * ?").withMisfireHandlingInstructionIgnoreMisfires()));
      scheduler.pauseTrigger(TriggerKey.triggerKey("paused", "reports"));
      add(
          scheduler,
          trigger("forever")
              .withSchedule(simpleSchedule().withIntervalInSeconds(90).repeatForever()));
      add(scheduler, trigger("once").startAt(Date.from(Instant.parse("2027-05-05T10:00:00Z"))));
      add(
          scheduler,
          trigger("ten times")
              .startAt(Date.from(Instant.parse("2026-12-01T08:00:00.250Z")))
              .withSchedule(simpleSchedule().withIntervalInHours(1).withRepeatCount(9)));
      add(
          scheduler,
          trigger("kept off")
              .modifiedByCalendar("no weekends")
              .withSchedule(cronSchedule("0 0 9 * * ?")));
      add(
          scheduler,
          trigger("ends")
              .endAt(Date.from(Instant.parse("2027-02-03T08:00:00Z")))
              .withSchedule(cronSchedule("0 0 9 * * ?")));
      add(
          scheduler,
          trigger("later")
              .startAt(Date.from(Instant.parse("2027-01-04T08:00:00Z")))
              .withSchedule(cronSchedule("0 0 9 * * ?")));
      add(
          scheduler,
          trigger("months")
              .withSchedule(
                  CalendarIntervalScheduleBuilder.calendarIntervalSchedule()
                      .withIntervalInMonths(1)));
    } finally {
      scheduler.shutdown();
    }
  }

  private static TriggerBuilder<Trigger> trigger(String name) {
    return newTrigger()
        .withIdentity(name)
        .forJob("report")
        .startAt(Date.from(Instant.parse("2026-11-01T00:00:00Z")));
  }

  private static void add(Scheduler scheduler, TriggerBuilder<?> trigger) throws Exception {
    scheduler.scheduleJob(trigger.build());
  }
}
