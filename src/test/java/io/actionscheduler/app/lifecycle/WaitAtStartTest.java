package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.testing.Logged;
import org.junit.jupiter.api.Test;

class WaitAtStartTest {

  /** A stop closes the databases while they are being opened. */
  @Test
  void aFaultThatAStopCausedIsNotTold() throws Exception {
    Exit exit = new Exit();
    WaitAtStart wait = new WaitAtStart(exit);
    try (Logged logged = Logged.of(WaitAtStart.class)) {
      exit.stop("SIGTERM");
      boolean begun =
          wait.untilBegun(
              () -> {
                throw SourceException.misconfigured("a.db is closed", null);
              },
              true,
              () -> {});
      boolean taken =
          wait.until(
              () -> {
                throw StoreException.failing("i.db is closed", null);
              });

      assertThat(begun).isFalse();
      assertThat(taken).isFalse();
      assertThat(logged.lines()).isEmpty();
    }
  }
}
