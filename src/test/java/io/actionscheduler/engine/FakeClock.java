package io.actionscheduler.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes where a test sets it. */
final class FakeClock implements InstantSource {
  private volatile Instant now;

  FakeClock(String now) {
    this.now = Instant.parse(now);
  }

  void set(Instant at) {
    now = at;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
