package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

/**
 * The rung that jobs run at on this machine.
 *
 * @param whyNoHigher why the rung above could not be reached, and what helps; empty at the top
 */
public record Reached(Rung rung, String whyNoHigher) {
  public Reached {
    requireNonNull(rung, "rung is null");
    requireNonNull(whyNoHigher, "whyNoHigher is null");
  }

  /** As the log shows it: {@code rung 2 (namespaces); rung 3 (bubblewrap): …}. */
  @Override
  public String toString() {
    return whyNoHigher.isEmpty() ? rung.toString() : rung + "; " + whyNoHigher;
  }
}
