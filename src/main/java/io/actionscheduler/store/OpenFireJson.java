package io.actionscheduler.store;

import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A fire in retry as the JSON text of one column: it is rare, and never searched by its parts. */
final class OpenFireJson {
  private OpenFireJson() {}

  static String write(OpenFire open) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scheduled_at", open.scheduledAt().toString());
    json.put("cause", open.cause().name());
    open.merged()
        .ifPresent(
            merged -> {
              json.put("merged_first", merged.first().toString());
              json.put("merged_last", merged.last().toString());
              json.put("merged_count", merged.count());
            });
    json.put("attempts", open.attempts());
    json.put("refusals", open.refusals());
    json.put("retry_at", open.retryAt().toString());
    json.put("outcome_unknown", open.outcomeUnknown());
    json.put("error", open.error());
    if (open.givenUp()) {
      json.put("given_up", true);
    }
    return Json.write(json);
  }

  static OpenFire read(String text) throws SQLException {
    try {
      if (!(Json.parse(text) instanceof Map<?, ?> json)) {
        throw new SQLException("no JSON object: " + text);
      }
      return new OpenFire(
          at(json, "scheduled_at"),
          Cause.valueOf((String) json.get("cause")),
          json.containsKey("merged_count")
              ? Optional.of(
                  new Stretch(
                      at(json, "merged_first"),
                      at(json, "merged_last"),
                      (Long) json.get("merged_count")))
              : Optional.empty(),
          Math.toIntExact((Long) json.get("attempts")),
          Math.toIntExact((Long) json.get("refusals")),
          at(json, "retry_at"),
          (Boolean) json.get("outcome_unknown"),
          (String) json.get("error"),
          Boolean.TRUE.equals(json.get("given_up")));
    } catch (InvalidJson | RuntimeException e) {
      throw new SQLException("open_fire holds what this program did not write: " + text, e);
    }
  }

  private static Instant at(Map<?, ?> json, String name) {
    return Instant.parse((String) json.get(name));
  }
}
