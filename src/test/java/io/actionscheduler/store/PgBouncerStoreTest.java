package io.actionscheduler.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.PostgresConnections;
import io.actionscheduler.fire.Store;
import io.actionscheduler.store.ownership.LeaseTimes;
import io.actionscheduler.testing.Records;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPgBouncer;
import io.actionscheduler.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store behind a pooler that hands its sessions to others between any two transactions. */
@ExtendWith(SharedPostgres.class)
class PgBouncerStoreTest implements DurableStoreContract {
  private final List<HikariDataSource> opened = new ArrayList<>();
  private TestPostgres server;
  private TestPgBouncer bouncer;
  private String database;

  @BeforeEach
  void start(TestPostgres shared) throws Exception {
    server = shared;
    bouncer = TestPgBouncer.before(shared);
    database = shared.createDatabase();
  }

  @AfterEach
  void stop() throws Exception {
    opened.forEach(HikariDataSource::close);
    if (bouncer != null) {
      bouncer.close();
    }
  }

  @Override
  public Store open() {
    DatabaseSettings at = bouncer.settings("internal_db", database);
    HikariDataSource pool = PostgresConnections.pool(at, Duration.ofSeconds(5));
    opened.add(pool);
    return new DatabaseStore(new PostgresBackend(at, pool, LeaseTimes.STANDARD), Samples.CRON);
  }

  @Override
  public void run(String sql) throws Exception {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void otherProgramsOfThePoolFindTheirSessionsAsTheyLeftThem() throws Exception {
    Set<String> before = bouncer.sessions(database);
    assertThat(before).hasSize(1);
    try (Store store = open()) {
      store.own(() -> {});
      for (int i = 0; i < 20; i++) { // statements are prepared from the fifth time on
        Records.save(store, List.of(Samples.progress("" + i, Samples.NOON)));
        StoreContract.all(store);
      }
      assertThat(bouncer.sessions(database)).isEqualTo(before);
    }
  }
}
