package io.actionscheduler.callback.stdout;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;

/** Makes callbacks that write to standard output; they share it, and never mix their lines. */
public final class StdoutFactory implements CallbackFactory {
  private final StandardOutput out;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * @param zone of the times in lines
   */
  public StdoutFactory(StandardOutput out, InstantSource clock, ZoneId zone) {
    this.out = requireNonNull(out, "out is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  @Override
  public String type() {
    return "stdout";
  }

  @Override
  public Set<String> settings() {
    return Set.of();
  }

  @Override
  public BatchCallback create(CallbackSettings settings) {
    return new StdoutCallback(out, clock, zone);
  }
}
