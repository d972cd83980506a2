package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.testing.Logged;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class StandbyTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final StoreOwner OTHER =
      new StoreOwner("host-a", 4711, NOON, NOON.plusSeconds(10));

  /** A refusal need not name the owner, which may have gone at that moment. */
  @Test
  void anOwnerThatIsNotNamedIsAwaitedAsWell() throws Exception {
    Settings settings =
        ConfigLoader.parse(
            """
            actions_db: {dialect: sqlite, database: actions.db}
            action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}
            timezone: UTC
            """,
            "",
            Map.of());
    Store store = refusing(List.of(Optional.empty(), Optional.empty(), Optional.of(OTHER)));
    try (ServiceManager manager = ServiceManager.of(Map.of());
        Standby standby = new Standby(settings, new Exit(), Companion.NONE, manager);
        Logged log = Logged.of(Standby.class)) {
      assertThat(standby.await(store, () -> {})).isTrue();

      assertThat(log.lines())
          .containsExactly(
              "standby: db is owned by another process; this process takes over when the lease"
                  + " ends",
              "standby: db is owned by pid 4711 on host-a, since 2026-11-27T12:00:00Z, lease until"
                  + " 2026-11-27T12:00:10+00:00; this process takes over when the lease ends",
              "db: taking over from pid 4711 on host-a, since 2026-11-27T12:00:00Z");
    }
  }

  /** A store that refuses once for each of {@code owners}, and is owned then. */
  private static Store refusing(List<Optional<StoreOwner>> owners) {
    Queue<Optional<StoreOwner>> left = new ArrayDeque<>(owners);
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("label")) {
                return "db";
              }
              if (method.getName().equals("own") && !left.isEmpty()) {
                throw new OwnedElsewhere("another process owns db", left.poll());
              }
              return null;
            });
  }
}
