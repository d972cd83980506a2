package io.actionscheduler.source;

import static io.actionscheduler.source.SourceWorld.UNIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPgBouncer;
import io.actionscheduler.testing.TestPostgres;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The action table behind a pooler that hands its sessions to others between transactions. */
@ExtendWith(SharedPostgres.class)
class PgBouncerSourceTest implements SourceContract, ChangesContract, ActionTableContract {
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
    if (bouncer != null) {
      bouncer.close();
    }
  }

  @Override
  public SourceWorld world() throws SQLException {
    return new SourceWorld(
        bouncer.settings("actions_db", database), Optional.empty(), server.connect(database));
  }

  @Test
  void otherProgramsOfThePoolFindTheirSessionsAsTheyLeftThem() throws Exception {
    Set<String> before = bouncer.sessions(database);
    assertThat(before).hasSize(1);
    try (SourceWorld world = world()) {
      world.createPythonTable();
      for (int i = 1; i < 15; i++) { // statements are prepared from the fifth time on
        world.insert(i, "n" + i, "c", UNIX);
        assertThat(world.read().actions()).hasSize(i);
        world.table.edit(i, row -> true, Map.of(Column.COMMAND, Optional.of("other")));
      }
      assertThat(world.read().actions()).extracting(Action::command).containsOnly("other");
      assertThat(bouncer.sessions(database)).isEqualTo(before);
    }
  }

  @Test
  void thatThereAreNoNotificationsThroughAPoolerIsSaid() throws Exception {
    try (SourceWorld world = world();
        Logged log = Logged.of(Notifications.class)) {
      world.table.upgrade(true);
      Semaphore woken = new Semaphore(0);
      try (Notifications notifications = Notifications.listen(world.settings, woken::release)) {
        Awaitility.await()
            .ignoreExceptions() // the list of lines may grow while it is read
            .untilAsserted(
                () ->
                    assertThat(log.lines())
                        .anyMatch(line -> line.contains("no notifications through a pooler")));
        assertThat(world.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"))
            .isEqualTo("0");
        assertThat(woken.availablePermits()).isZero();
      }
    }
  }
}
