package io.actionscheduler.app.lifecycle;

import java.util.Optional;

/** Passes what ends the program on to the term that it is in. Thread-safe. */
final class Stops {
  private Optional<String> asked = Optional.empty();
  private Optional<String> failed = Optional.empty();
  private Exit current = new Exit();

  /**
   * Asks for an orderly end of the present term and of all later ones; may be called by any thread.
   */
  synchronized void stop(String reason) {
    asked = asked.or(() -> Optional.of(reason));
    current.stop(reason);
  }

  /** Ends the program with exit code 1, at once or when the term that is ending has ended. */
  synchronized void fail(String reason) {
    failed = failed.or(() -> Optional.of(reason));
    current.failNow(reason);
  }

  /**
   * The exit of a term that begins now; its end is already asked for if the program was stopped or
   * failed before.
   */
  synchronized Exit next() {
    current = new Exit(this::fail);
    failed.ifPresent(current::failNow);
    asked.ifPresent(current::stop);
    return current;
  }

  /**
   * The exit code of the program.
   *
   * @param code that of its last term; a failure while that one ended makes it 1 at least
   */
  synchronized int code(int code) {
    return failed.isPresent() ? Math.max(code, 1) : code;
  }
}
