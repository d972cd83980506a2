package io.actionscheduler.move.quartz;

import java.util.LinkedHashMap;
import java.util.Map;

/** Quartz's instructions for misfires as the policy for missed fires. */
final class Misfires {
  private static final long IGNORE = -1;
  private static final long SMART = 0;
  private static final long CRON_DO_NOTHING = 2;
  private static final long SIMPLE_NEXT = 4;

  /** The delay up to which a fire is on time for Quartz, by default. */
  private static final long THRESHOLD_SECONDS = 60;

  private Misfires() {}

  /**
   * The policy of an instruction.
   *
   * @param isCron whether of a cron trigger; those of simple triggers have other numbers
   */
  static Map<String, Object> policy(long instruction, boolean isCron) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("merge_missed", instruction != IGNORE);
    boolean forgets =
        isCron
            ? instruction == CRON_DO_NOTHING
            : instruction == SMART || instruction >= SIMPLE_NEXT;
    policy.put("actuality_time", forgets ? THRESHOLD_SECONDS : -1L);
    return policy;
  }
}
