package io.actionscheduler.bench.rival;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * db-scheduler on PostgreSQL, polling in the way that its documentation gives for high throughput:
 * a task for each schedule, an instance for each action.
 */
final class DbSchedulerRival {
  private final Work work;
  private final HikariDataSource database;

  DbSchedulerRival(Work work, String url) {
    this.work = work;
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(25);
    this.database = new HikariDataSource(config);
  }

  /**
   * Gives the moment of the first herd.
   *
   * @param overdue whether all have been due since a minute ago
   */
  Instant start(boolean overdue) throws SQLException {
    createTable();
    List<Task<?>> tasks = new ArrayList<>();
    List<Schedule> schedules = new ArrayList<>();
    for (int k = 0; k < work.schedules(); k++) {
      Schedule schedule = Schedules.cron(work.cadence().quartz(k), ZoneOffset.UTC);
      schedules.add(schedule);
      tasks.add(
          Tasks.custom("schedule-" + k, Void.class)
              .execute(
                  (instance, context) -> {
                    Rival.print(Integer.parseInt(instance.getId()));
                    return new CompletionHandler.OnCompleteReschedule<>(schedule);
                  }));
    }
    Scheduler scheduler =
        Scheduler.create(database, tasks)
            .threads(20)
            .pollingInterval(Duration.ofMillis(100))
            .pollUsingLockAndFetch(0.5, 4.0)
            .build();
    Instant first = overdue ? Instant.now().minusSeconds(60) : work.firstIn(work.actions() / 3_000);
    List<TaskInstance<?>> instances = new ArrayList<>();
    for (int i = 1; i <= work.actions(); i++) {
      instances.add(new TaskInstance<>("schedule-" + i % work.schedules(), Integer.toString(i)));
    }
    scheduler.scheduleBatch(instances, first);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE scheduled_tasks");
    }
    scheduler.start();
    return first;
  }

  private void createTable() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE scheduled_tasks (
            task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BYTEA,
            execution_time TIMESTAMPTZ NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT,
            last_success TIMESTAMPTZ, last_failure TIMESTAMPTZ, consecutive_failures INT,
            last_heartbeat TIMESTAMPTZ, version BIGINT NOT NULL, priority SMALLINT,
            PRIMARY KEY (task_name, task_instance));
          CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
          CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
          """);
    }
  }
}
