package io.actionscheduler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final int MANY = 20_000;

  @Test
  void whateverTheirNumberTheyComeOnceAndInOrder() {
    for (int number : List.of(0, 1, 4_095, 4_096, 4_097, MANY)) {
      List<Integer> seen = new ArrayList<>();
      try (Relay<Integer> relay = new Relay<>(seen::add)) {
        IntStream.range(0, number).forEach(relay::accept);
        relay.finish();
      }
      assertThat(seen).isEqualTo(IntStream.range(0, number).boxed().toList());
    }
  }

  @Test
  void fewAreTakenByTheThreadThatFetchesThemAndManyByAnother() {
    assertThat(threads(100)).containsExactly(Thread.currentThread().getName());
    assertThat(threads(MANY)).contains("reader of rows");
  }

  private static Set<String> threads(int number) {
    Set<String> names = new HashSet<>();
    try (Relay<Integer> relay = new Relay<>(one -> names.add(Thread.currentThread().getName()))) {
      IntStream.range(0, number).forEach(relay::accept);
      relay.finish();
    }
    return names;
  }

  @Test
  void whatGoesWrongInTheOtherThreadIsThrownInThisOne() {
    try (Relay<Integer> relay =
        new Relay<>(
            one -> {
              if (one == 10) {
                throw new IllegalArgumentException("ten");
              }
            })) {
      assertThatThrownBy(
              () -> {
                IntStream.range(0, MANY).forEach(relay::accept);
                relay.finish();
              })
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("ten");
    }
  }
}
