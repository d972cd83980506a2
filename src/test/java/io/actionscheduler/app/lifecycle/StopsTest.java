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

  @Test
  void aDefectWhileATermEndsEndsTheProgramAfterIt() throws Exception {
    Exit first = stops.next();
    first.again("its shards change");
    first
        .guarded(
            "ending the term",
            () -> {
              throw new IllegalStateException("planted");
            })
        .run();
    assertThat(first.await()).isZero(); // the first to ask decides
    Exit second = stops.next();
    assertThat(second.await(Duration.ZERO)).isTrue();
    assertThat(second.continues()).isFalse();
    assertThat(second.await()).isEqualTo(1);
    assertThat(stops.code(0)).isEqualTo(1);
  }

  @Test
  void aDefectOfTheTermBeforeEndsTheOneThatRunsNow() throws Exception {
    Exit first = stops.next();
    first.drop("its lease is over");
    Exit second = stops.next();
    first.broken("a defect, late");
    assertThat(second.await(Duration.ZERO)).isTrue();
    assertThat(second.await()).isEqualTo(1);
    assertThat(second.continues()).isFalse();
  }

  @Test
  void whatCannotContinueIsToldAfterADropAndADefectAlsoDuringAStop() throws Exception {
    Exit first = stops.next();
    first.drop("its lease is over");
    first.fail("standard output is closed");
    assertThat(stops.next().await()).isEqualTo(1);

    Stops other = new Stops();
    Exit stopped = other.next();
    other.stop("SIGTERM");
    stopped.fail("the lease is over");
    assertThat(other.code(0)).isZero(); // it ends anyway
    stopped.broken("a defect");
    assertThat(other.code(0)).isEqualTo(1);
    assertThat(other.code(2)).isEqualTo(2);
  }
}
