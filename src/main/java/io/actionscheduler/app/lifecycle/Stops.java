package io.actionscheduler.app.lifecycle;

import java.util.Optional;

/** Passes a requested stop on to the term that the program is in. */
final class Stops {
  private Optional<String> asked = Optional.empty();
  private Exit current = new Exit();

  /**
   * Asks for an orderly end of the present term and of all later ones; may be called by any thread.
   */
  synchronized void stop(String reason) {
    asked = asked.or(() -> Optional.of(reason));
    current.stop(reason);
  }

  /**
   * The exit of a term that begins now; its end is already asked for if the program was stopped
   * before.
   */
  synchronized Exit next() {
    current = new Exit();
    asked.ifPresent(current::stop);
    return current;
  }
}
