package io.actionscheduler.fire;

import io.actionscheduler.schedule.Timing;
import java.util.Optional;

/** Reads schedules again from their kept text. */
@FunctionalInterface
public interface KeptTimings {

  /**
   * The schedule of this text, or empty when it cannot be understood any more.
   *
   * @param zone its id
   */
  Optional<Timing> read(String cron, String zone);
}
