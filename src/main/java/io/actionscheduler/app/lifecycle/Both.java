package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.config.Settings;
import java.io.IOException;
import java.util.function.Supplier;

/** Two companions: the second starts after the first, and is closed before it. */
record Both(Companion first, Companion second) implements Companion {
  Both {
    requireNonNull(first, "first is null");
    requireNonNull(second, "second is null");
  }

  @Override
  public Started start(Running running) throws IOException {
    return started(first.start(running), () -> second.start(running));
  }

  @Override
  public Started standBy(Settings settings, Supplier<StandbyStatus> status) throws IOException {
    return started(first.standBy(settings, status), () -> second.standBy(settings, status));
  }

  /** Starts one of them. */
  @FunctionalInterface
  private interface Starting {
    Started start() throws IOException;
  }

  private static Started started(Started one, Starting starting) throws IOException {
    try {
      Started other = starting.start();
      return () -> {
        try {
          other.close();
        } finally {
          one.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      one.close();
      throw e;
    }
  }
}
