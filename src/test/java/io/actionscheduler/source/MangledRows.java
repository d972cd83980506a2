package io.actionscheduler.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Valid rows with something broken in them. */
public final class MangledRows {
  private static final List<Map<String, Object>> VALID =
      List.of(
          Map.of("cron", SourceWorld.UNIX),
          Map.of("cron", "*/5 0-23/2 1,15 JAN-MAR mon#2", "timezone", "Europe/Berlin"),
          Map.of("cron", "30 3 L * FRI", "callback", "[\"kafka\", \"redis\"]"),
          Map.of(
              "cron",
              "{\"format\": \"apscheduler\", \"params\": {\"day\": \"last fri\", \"second\":"
                  + " \"*/20\", \"jitter\": 5, \"end_date\": \"2050-05-05 10:30:00+02:00\"}}"),
          Map.of(
              "cron",
              "{\"format\": \"interval\", \"params\": {\"every\": \"1h30m\", \"start_date\":"
                  + " \"2026-01-01T00:00:00Z\"}}",
              "retry",
              "{\"max_retries\": 3, \"retry_delay\": 60, \"backoff_factor\": 1.5}"),
          Map.of("cron", "2026-12-31T23:59:59Z", "overlap", "skip", "enabled", "f"),
          Map.of("cron", "90s", "parameters", "{\"a\": [1, {\"b\": null}], \"c\": \"\\u00e4\"}"));

  private static final String ODD =
      "\u0001\u001e\u001f\u0007\t\n\r\\\"'{}[],:;%_ü漢😀\ufffd-+*/#LW?0e9";

  private final Random random;
  private final boolean noZeros; // PostgreSQL takes no U+0000

  public MangledRows(Random random, boolean noZeros) {
    this.random = random;
    this.noZeros = noZeros;
  }

  public static Map<String, Object> valid() {
    return row(VALID.get(0));
  }

  /** A row by column, with one to three things broken, which may still be valid. */
  public Map<String, Object> next() {
    Map<String, Object> row = row(VALID.get(random.nextInt(VALID.size())));
    List<String> columns = new ArrayList<>(row.keySet());
    columns.sort(null);
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      String column = columns.get(random.nextInt(columns.size()));
      if (random.nextInt(30) == 0) {
        row.remove(column);
      } else if (row.containsKey(column)) {
        row.put(column, mangle(row.get(column).toString()));
      }
    }
    return row;
  }

  private static Map<String, Object> row(Map<String, Object> special) {
    Map<String, Object> row = new HashMap<>();
    row.putAll(Map.of("name", "n", "command", "c", "merge_missed", "t", "actuality_time", "60"));
    row.putAll(special);
    return row;
  }

  private String mangle(String text) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    String before = text.substring(0, at);
    String after = text.substring(at);
    String tail = after.isEmpty() ? "" : after.substring(1);
    String mangled =
        switch (random.nextInt(7)) {
          case 0 -> before + tail;
          case 1 -> before + odd() + after;
          case 2 -> before + odd() + tail;
          case 3 -> before;
          case 4 -> text + text;
          case 5 -> before + random.nextLong() + after;
          default -> before + after.repeat(2);
        };
    return noZeros ? mangled.replace("\u0000", "") : mangled;
  }

  private String odd() {
    int[] points = ODD.codePoints().toArray();
    return Character.toString(points[random.nextInt(points.length)]);
  }
}
