package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * The callbacks and calendars that rows may name; a reload of the settings changes them while the
 * program runs. Thread-safe.
 */
public final class KnownNames {
  private volatile Names now;

  /** Those of one moment. */
  public record Names(Set<String> callbacks, Set<String> calendars) {
    public Names {
      callbacks = Set.copyOf(callbacks);
      calendars = Set.copyOf(calendars);
    }
  }

  public KnownNames(Names now) {
    this.now = requireNonNull(now, "now is null");
  }

  /** As they are now; the same object until they change. */
  public Names now() {
    return now;
  }

  /** Rows that are read from now on may name {@code names}. */
  public void use(Names names) {
    now = requireNonNull(names, "names is null");
  }
}
