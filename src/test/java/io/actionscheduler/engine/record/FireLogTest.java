package io.actionscheduler.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Logged;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FireLogTest {

  @Test
  void aLineNamesTheActionTheFireAndTheCallbackOfItsFirstCase() {
    Delivery one = Deliveries.of(1, "first");
    Delivery two = Deliveries.of(2, "second");
    try (Logged logged = Logged.of(FireLog.class)) {
      FireLog log = new FireLog();
      log.refused("hook", one, CallbackException.refused("503", null), one.startedAt());
      log.refused("hook", two, CallbackException.refused("503", null), one.startedAt());
      log.failed("kafka", two, "gone");
      log.expired(one.action(), "hook", Stretch.of(one.fire().scheduledAt()));
      log.tell();
      assertThat(logged.lines()).hasSize(3);
      assertThat(logged.lines().get(0)).startsWith("fires expired: 1; action 1 ");
      assertThat(logged.lines().get(1)).contains("fire 1@", "(and 1 more like it)");
      assertThat(logged.members())
          .isEqualTo(
              List.of(
                  Map.of("action", "1", "callback", "hook"),
                  Map.of("action", "1", "callback", "hook", "fire_id", one.fire().id().toString()),
                  Map.of(
                      "action", "2", "callback", "kafka", "fire_id", two.fire().id().toString())));
      log.tell();
      assertThat(logged.lines()).as("told once").hasSize(3);
    }
  }
}
