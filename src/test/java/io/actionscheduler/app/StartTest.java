package io.actionscheduler.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartTest {
  private final AtomicInteger ready = new AtomicInteger();

  private Start start(String... sources) {
    return new Start(Set.of(sources), ready::incrementAndGet);
  }

  @Test
  void itIsReadyWhenEverySourceHasBegunAndSaysSoOnce() {
    Start start = start("table", "rest");
    start.begun("table");
    assertThat(ready).hasValue(0);
    start.begun("rest");
    assertThat(ready).hasValue(1);
    assertThat(start.isReady()).isTrue();
  }

  @Test
  void aSourceThatIsAwayIsNotWaitedFor() {
    Start start = start("table", "rest");
    start.away("rest");
    start.begun("table");
    assertThat(ready).hasValue(1);
    start.begun("rest");
    assertThat(ready).hasValue(1);
  }

  @Test
  void nothingInForceIsNotReady() {
    Start start = start("table", "rest");
    start.away("rest");
    start.away("table");
    assertThat(ready).hasValue(0);
    start.begun("rest");
    assertThat(ready).hasValue(1);
  }
}
