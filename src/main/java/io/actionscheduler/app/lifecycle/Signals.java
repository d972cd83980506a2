package io.actionscheduler.app.lifecycle;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * SIGTERM, SIGINT and SIGHUP (a terminal that is closed): the first asks for a stop, a second ends
 * the process at once. A shutdown hook is no alternative: the JVM would exit with 143 and ignore
 * the second signal.
 */
final class Signals {
  private Signals() {}

  /**
   * Calls {@code stop} with the name of the signal, on a thread of the JVM; it has to return at
   * once. A signal that was ignored when the program was started, as SIGHUP is under nohup, stays
   * so.
   */
  static void onStop(Consumer<String> stop) {
    AtomicBoolean asked = new AtomicBoolean();
    for (String name : new String[] {"TERM", "INT", "HUP"}) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (asked.getAndSet(true)) {
              Runtime.getRuntime().halt(128 + signal.getNumber());
            }
            stop.accept("SIG" + name);
          });
    }
  }
}
