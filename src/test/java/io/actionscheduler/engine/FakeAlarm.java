package io.actionscheduler.engine;

import io.actionscheduler.engine.clock.Alarm;
import java.time.Instant;

/** An alarm that a test rings. */
final class FakeAlarm implements Alarm {
  private volatile Runnable wake = () -> {};
  private volatile Instant setFor;

  @Override
  public void onRing(Runnable wake) {
    this.wake = wake;
  }

  @Override
  public void set(Instant at) {
    setFor = at;
  }

  /** What was asked for last, or null. */
  Instant setFor() {
    return setFor;
  }

  void ring() {
    setFor = null;
    wake.run();
  }

  @Override
  public void close() {
    wake = () -> {};
  }
}
