package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void theSpanOfTheWatchdogIsThatOfThisProcess() {
    assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "30000000")))
        .contains(Duration.ofSeconds(30));
    String me = Long.toString(ProcessHandle.current().pid());
    assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "1000", "WATCHDOG_PID", me)))
        .contains(Duration.ofMillis(1));
    assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1")))
        .isEmpty();
    assertThat(ServiceManager.watchdog(Map.of())).isEmpty();
    assertThat(ServiceManager.watchdog(Map.of("WATCHDOG_USEC", "soon"))).isEmpty();
  }

  @Test
  void withoutSystemdNothingIsAsked() {
    AtomicInteger asked = new AtomicInteger();
    try (ServiceManager manager = ServiceManager.of(Map.of("WATCHDOG_USEC", "1000"))) {
      manager.ready(
          () -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(null);
          });
      manager.stopping();
    }
    assertThat(asked).hasValue(0);
  }

  @Test
  void whoStandsByIsNotAskedAfterTheEngineThatItHadBefore() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger askedNext = new AtomicInteger();
    Map<String, String> systemd = Map.of("NOTIFY_SOCKET", "/absent", "WATCHDOG_USEC", "30000");
    try (ServiceManager manager = ServiceManager.of(systemd)) {
      manager.ready(
          () -> {
            asked.incrementAndGet();
            return new CompletableFuture<>(); // it was dropped, and answers no more
          });
      await().atMost(LONG).until(() -> asked.get() == 1);
      manager.waiting(ServiceManager.STANDING_BY);
      manager.ready(
          () -> {
            askedNext.incrementAndGet();
            return CompletableFuture.completedFuture(null);
          });
      await().atMost(LONG).until(() -> askedNext.get() > 1);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void aThreadThatHangsIsNotSaidToLive() {
    // What is sent is tested with the packaged program, whose environment can be set.
    AtomicInteger asked = new AtomicInteger();
    CompletableFuture<Void> hanging = new CompletableFuture<>();
    Map<String, String> systemd = Map.of("NOTIFY_SOCKET", "/absent", "WATCHDOG_USEC", "30000");
    try (ServiceManager manager = ServiceManager.of(systemd)) {
      manager.ready(
          () -> {
            asked.incrementAndGet();
            return hanging;
          });
      await().atMost(LONG).until(() -> asked.get() == 1);
      await().during(Duration.ofMillis(200)).atMost(LONG).until(() -> asked.get() == 1);
      hanging.complete(null);
      await().atMost(LONG).until(() -> asked.get() > 1);
    }
  }
}
