package io.actionscheduler.app.view;

import io.actionscheduler.fire.ComingFires.Coming;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A coming fire in the form that {@code next} prints. */
public final class ComingForm {
  private ComingForm() {}

  /**
   * As a JSON object.
   *
   * @param zone in which its time is shown; empty: that of the schedule
   */
  public static Map<String, Object> of(Coming coming, Optional<ZoneId> zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("next", time(coming, zone));
    item.put("id", coming.action().id().text());
    item.put("name", coming.action().name());
    item.put("command", coming.action().command());
    return item;
  }

  /** Its time as text. */
  public static String time(Coming coming, Optional<ZoneId> zone) {
    return IsoTime.text(coming.scheduledAt(), zone.orElse(coming.action().timing().zone()));
  }
}
