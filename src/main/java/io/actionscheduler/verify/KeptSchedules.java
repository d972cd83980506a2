package io.actionscheduler.verify;

import io.actionscheduler.schedule.Schedule;
import java.util.Optional;

/** Reads schedules again from their kept text. */
@FunctionalInterface
public interface KeptSchedules {

  /**
   * The schedule of this text, or empty when it cannot be understood any more.
   *
   * @param zone its id
   */
  Optional<Schedule> read(String cron, String zone);
}
