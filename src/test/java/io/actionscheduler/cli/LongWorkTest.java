package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LongWorkTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Output terminal = Output.atOnce(screen, () -> OptionalInt.of(70));

  private String text() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onATerminalItShowsHowFarItIsWithRateAndTimeLeftAndLeavesNothing() {
    try (LongWork work = new LongWork(terminal, "verify", true, 4, Duration.ZERO)) {
      work.step();
      work.step();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> text().matches("(?s).*verify +50% \\[=+>? *\\] 2/4 \\(.* / .*\\) .*/s.*"));
      work.print("action 7 failed");
    }
    assertThat(text()).contains("\raction 7 failed\n").endsWith("\r" + " ".repeat(69) + "\r");
  }

  @Test
  void inAPipeOrWhereItIsNotWantedThereIsNone() {
    Output pipe = Output.atOnce(screen);
    for (Output out : new Output[] {pipe, terminal}) {
      try (LongWork work = new LongWork(out, "verify", out == pipe, 4, Duration.ZERO)) {
        work.step();
        work.expect(5);
        work.step();
        work.print("a line");
      }
    }
    assertThat(text()).isEqualTo("a line\na line\n");
  }

  @Test
  void quickWorkShowsNone() {
    try (LongWork work = new LongWork(terminal, "verify", true, 4, Duration.ofHours(1))) {
      work.step();
    }
    assertThat(text()).isEmpty();
  }
}
