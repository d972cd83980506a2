package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopsTest {
  private final Stops stops = new Stops();

  @Test
  void aStopEndsWhatIsOnAndWhatFollows() throws Exception {
    Exit first = stops.next();
    first.drop("its lease is over");
    assertThat(first.isDropped()).isTrue();
    stops.stop("SIGTERM");
    assertThat(first.isDropped()).isTrue(); // the first to ask decides
    Exit second = stops.next();
    assertThat(second.await(Duration.ZERO)).isTrue();
    assertThat(second.await()).isZero();
    assertThat(second.isDropped()).isFalse();
  }

  @Test
  void aDropAloneEndsNothingThatFollows() throws Exception {
    stops.next().drop("its lease is over");
    Exit second = stops.next();
    assertThat(second.await(Duration.ofMillis(1))).isFalse();
    second.fail("a defect");
    assertThat(second.await()).isEqualTo(1);
    assertThat(second.isDropped()).isFalse();
  }
}
