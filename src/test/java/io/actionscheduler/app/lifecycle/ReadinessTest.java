package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final AtomicInteger ready = new AtomicInteger();

  private Readiness start(String... sources) {
    return new Readiness(Set.of(sources), ready::incrementAndGet);
  }

  @Test
  void itIsReadyWhenEverySourceHasBegunAndSaysSoOnce() {
    Readiness start = start("table", "rest");
    start.begun("table");
    assertThat(ready).hasValue(0);
    start.begun("rest");
    assertThat(ready).hasValue(1);
    assertThat(start.isReady()).isTrue();
  }

  @Test
  void aSourceThatIsAwayIsNotWaitedFor() {
    Readiness start = start("table", "rest");
    start.unavailable("rest");
    start.begun("table");
    assertThat(ready).hasValue(1);
    start.begun("rest");
    assertThat(ready).hasValue(1);
  }

  @Test
  void nothingInForceIsNotReady() {
    Readiness start = start("table", "rest");
    start.unavailable("rest");
    start.unavailable("table");
    assertThat(ready).hasValue(0);
    start.begun("rest");
    assertThat(ready).hasValue(1);
  }
}
