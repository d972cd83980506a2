package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Timing;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which actions lost fires because their schedule or zone was changed: fires that were due and
 * had not started belong to the old schedule, and are not caught up.
 */
final class Superseded {
  private static final Logger LOG = LoggerFactory.getLogger(Superseded.class);
  private static final int NAMED = 10;

  private final String what;
  private final List<String> named = new ArrayList<>();
  private long actions;
  private long fires;

  /**
   * @param what the beginning of the message
   */
  Superseded(String what) {
    this.what = what;
  }

  /**
   * The schedule of {@code action} was {@code old}.
   *
   * @param unstarted fires of it that were due and no longer start
   */
  void add(Action action, Timing old, long unstarted) {
    if (unstarted == 0) {
      return;
    }
    actions++;
    fires += unstarted;
    if (named.size() < NAMED) {
      named.add("%s: %d of %s".formatted(action.label(), unstarted, change(action.timing(), old)));
    }
  }

  private static String change(Timing timing, Timing old) {
    ZoneId zone = timing.zone();
    return timing.text().equals(old.text())
        ? "zone %s, now %s".formatted(old.zone(), zone)
        : "%s, now %s".formatted(old.written(), timing.written());
  }

  /** Logs what was collected, and starts again from nothing. */
  void tell() {
    if (actions > 0) {
      String more = actions > named.size() ? "; and " + (actions - named.size()) + " more" : "";
      LOG.warn(
          "{} of {} actions: {} fires that were due before the change and had not started are"
              + " superseded, not caught up: {}{}",
          what,
          actions,
          fires,
          String.join("; ", named),
          more);
    }
    named.clear();
    actions = 0;
    fires = 0;
  }
}
