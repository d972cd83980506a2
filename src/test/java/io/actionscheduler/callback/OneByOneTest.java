package io.actionscheduler.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import org.junit.jupiter.api.Test;

class OneByOneTest {

  @Test
  void whatThrowsFailsAloneAndSaysHow() throws Exception {
    OneByOne callback = new OneByOne(OneByOneTest::deliver, 1);
    Reported reported =
        Reported.on(callback, Deliveries.of("a", "away", "bug", "missing class", "b"));

    assertThat(reported.delivered()).containsExactly(0, 4);
    assertThat(reported.failed()).containsOnlyKeys(1, 2, 3);
    assertThat(reported.failed().get(1).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(reported.failed().get(2).kind()).isEqualTo(Kind.REFUSED);
    assertThat(reported.failed().get(2).outcomeUnknown()).isTrue();
    assertThat(reported.failed().get(2)).hasMessage("java.lang.IllegalStateException: bug");
    assertThat(reported.failed().get(3).outcomeUnknown()).isTrue();
  }

  @Test
  void takesOneFireAtATimeOnAsManyThreadsAsItIsTold() {
    OneByOne callback = new OneByOne(delivery -> {}, 7);
    assertThat(callback.batchSize()).isEqualTo(1);
    assertThat(callback.concurrency()).isEqualTo(7);
    assertThatThrownBy(() -> new OneByOne(delivery -> {}, 0)).hasMessageContaining("below 1");
  }

  private static void deliver(Delivery delivery) throws CallbackException {
    switch (delivery.action().command()) {
      case "away" -> throw CallbackException.unavailable("away", null);
      case "bug" -> throw new IllegalStateException("bug");
      case "missing class" -> throw new NoClassDefFoundError("missing");
      default -> {}
    }
  }
}
