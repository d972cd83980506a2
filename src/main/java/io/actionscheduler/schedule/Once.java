package io.actionscheduler.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * One fire.
 *
 * @param at microseconds since the epoch
 */
record Once(long at) implements Schedule {

  static Once of(Instant at) {
    return new Once(Micros.of(at));
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return Micros.of(after) < at ? Optional.of(Micros.instant(at)) : Optional.empty();
  }

  @Override
  public Optional<Instant> previous(Instant upTo) {
    return Micros.of(upTo) >= at ? Optional.of(Micros.instant(at)) : Optional.empty();
  }

  @Override
  public Instant movedFrom(Schedule before, Instant fired) {
    return before instanceof Once ? Micros.instant(at) : fired;
  }

  @Override
  public long count(Instant after, Instant upTo) {
    return Micros.of(after) < at && at <= Micros.of(upTo) ? 1 : 0;
  }
}
