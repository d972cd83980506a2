package io.actionscheduler.app.parts;

import java.time.Instant;
import java.time.InstantSource;

/** The clock of the machine: the one place that reads it. */
public final class SystemClock implements InstantSource {
  @Override
  public Instant instant() {
    return Instant.now();
  }
}
