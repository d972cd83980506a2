package io.actionscheduler.source;

import io.actionscheduler.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Schedules as people write them, for columns that hold JSON alone. */
final class CronText {
  private CronText() {}

  /** The same schedule as JSON, text as a JSON string. */
  static String asJsonString(String cron) {
    String text = cron.strip();
    return text.startsWith("{") || text.startsWith("\"") ? text : Json.write(text);
  }

  /**
   * The same schedule as JSON. Plain crontab text becomes the form that the Python program knows as
   * well; other plain text, which it never knew, becomes a JSON string.
   */
  static String asJson(String cron) {
    String text = cron.strip();
    if (text.startsWith("{") || text.startsWith("\"")) {
      return text;
    }
    if (!text.startsWith("@") && text.split("\\s+").length < 5) {
      return Json.write(text);
    }
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", "unix");
    form.put("params", Map.of("value", text));
    return Json.write(form);
  }
}
