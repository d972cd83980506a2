package io.actionscheduler.source.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Entries with something broken in them: in their values, their kinds, or whole. */
final class MangledEntries {
  private static final String ODD = "\u0001\u001e\u0007\t\n\r\\\"'{}[],:;%_ü漢😀\ufffd-+*/#LW?0e9";

  private static final List<String> CRONS =
      List.of(
          "*/5 * * * *",
          "0 9 * * 1-5",
          "30 3 L * FRI",
          "@daily",
          "90s",
          "2026-12-31T23:59:59Z",
          "{\"format\": \"apscheduler\", \"params\": {\"second\": \"*/20\"}}");

  private final Random random;

  MangledEntries(Random random) {
    this.random = random;
  }

  /** Keeps the id, mostly. */
  Object next(long id) {
    if (random.nextInt(200) == 0) {
      return kind();
    }
    Map<String, Object> entry = new HashMap<>();
    entry.put("id", id);
    entry.put("name", "n");
    entry.put("cron_expression", CRONS.get(random.nextInt(CRONS.size())));
    entry.put("timezone", "Europe/Berlin");
    entry.put("enabled", true);
    entry.put("parameters", Map.of("a", 1));
    entry.put("extra", "x");
    List<String> fields = new ArrayList<>(entry.keySet());
    fields.sort(null);
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      String field = fields.get(random.nextInt(fields.size()));
      switch (random.nextInt(4)) {
        case 0 -> entry.remove(field);
        case 1 -> entry.put(field, kind());
        default -> {
          String text = mangle(String.valueOf(entry.get(field)));
          entry.put(field, field.equals("id") ? "x" + text : text); // never another's
        }
      }
    }
    return entry;
  }

  private Object kind() {
    List<Object> kinds =
        Arrays.asList(
            null,
            true,
            -7L,
            1.5e300,
            "",
            " ",
            "x".repeat(5_000),
            List.of(),
            List.of(1, "b"),
            Map.of(),
            Map.of("id", Map.of("id", 1)));
    return kinds.get(random.nextInt(kinds.size()));
  }

  private String mangle(String text) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    int[] odd = ODD.codePoints().toArray();
    String one = Character.toString(odd[random.nextInt(odd.length)]);
    return text.substring(0, at) + one + text.substring(random.nextBoolean() ? at : text.length());
  }
}
