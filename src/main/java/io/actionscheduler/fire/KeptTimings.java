package io.actionscheduler.fire;

import io.actionscheduler.schedule.Timing;
import java.util.Optional;

/** Reads schedules again from their stored text. */
@FunctionalInterface
public interface KeptTimings {

  /**
   * The schedule of this text, or empty when the text can no longer be understood.
   *
   * @param zone its id
   */
  Optional<Timing> read(String cron, String zone);
}
