package io.actionscheduler.app.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.Settings;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TestKafka;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManualDeliveryTest {
  private static final String CONFIG =
      """
      actions_db: {dialect: sqlite, database: x.db}
      action:
        callback: kafka
        defaults: {merge_missed: false, actuality_time: -1}
      kafka: {server: '%s', topic: commands, exactly_once: %s}
      """;

  /** It may be switched off just now, while the scheduler still runs with it, or the other way. */
  @ParameterizedTest(name = "exactly_once: {0}")
  @ValueSource(booleans = {true, false})
  void aSchedulerThatSendsExactlyOnceGoesOnBesideIt(boolean exactlyOnce) throws Exception {
    AtomicReference<String> failed = new AtomicReference<>();
    try (TestKafka kafka = TestKafka.start();
        ConfiguredCallbacks running =
            ConfiguredCallbacks.of(settings(kafka, true), Clock.systemUTC(), failed::set);
        Parts parts = new Parts(settings(kafka, exactlyOnce), Clock.systemUTC())) {
      BatchCallback scheduler =
          running.settings().stream()
              .filter(outlet -> outlet.name().equals("kafka"))
              .findFirst()
              .orElseThrow()
              .callback();
      assertThat(outcomes(scheduler, Deliveries.of(1, "first"))).containsExactly("delivered");
      assertThat(new ManualFire(parts).fire(action()).isDelivered()).isTrue();
      assertThat(outcomes(scheduler, Deliveries.of(2, "second"))).containsExactly("delivered");
      assertThat(failed.get()).isNull();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(kafka.readCommitted("commands")).hasSize(3));
    }
  }

  private static Settings settings(TestKafka kafka, boolean exactlyOnce) throws Exception {
    return ConfigLoader.parse(CONFIG.formatted(kafka.server(), exactlyOnce), "", Map.of());
  }

  private static Action action() {
    Policy policy =
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("kafka"), Optional.empty());
    Action any = Deliveries.action(1, "by hand");
    return new Action(
        ActionId.of(1), any.name(), any.command(), any.timing(), policy, any.parameters());
  }

  private static List<String> outcomes(BatchCallback callback, Delivery delivery)
      throws InterruptedException {
    List<String> outcomes = new ArrayList<>();
    callback.deliver(
        List.of(delivery),
        new Report() {
          @Override
          public void delivered(int index) {
            outcomes.add("delivered");
          }

          @Override
          public void delivered(int index, String output) {
            outcomes.add("delivered");
          }

          @Override
          public void failed(int index, CallbackException why) {
            outcomes.add(why.toString());
          }
        });
    return outcomes;
  }
}
