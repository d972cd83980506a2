package io.actionscheduler.app.lifecycle;

import java.util.Optional;

/** Brings a stop that was asked for to whatever the program does just then. */
final class Stops {
  private Optional<String> asked = Optional.empty();
  private Exit current = new Exit();

  /** Asks for an orderly end, now and of all that follows; from any thread. */
  synchronized void stop(String reason) {
    asked = asked.or(() -> Optional.of(reason));
    current.stop(reason);
  }

  /** The end of what begins now; asked for already where the program was stopped before. */
  synchronized Exit next() {
    current = new Exit();
    asked.ifPresent(current::stop);
    return current;
  }
}
