package io.actionscheduler.store;

import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy as text: equal policies give equal texts. Durations are ISO 8601. */
final class PolicyJson {
  private PolicyJson() {}

  static String write(Policy policy) {
    return Json.write(policy.as(PolicyJson::json));
  }

  private static Map<String, Object> json(
      boolean enabled,
      MissedPolicy missed,
      Overlap overlap,
      List<String> callbacks,
      Optional<RetryPolicy> retry,
      List<CalendarUse> calendars) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("enabled", enabled);
    json.put("merge_missed", missed.merge());
    missed.actuality().ifPresent(age -> json.put("actuality", age.toString()));
    json.put("overlap", overlap.name());
    json.put("callbacks", callbacks);
    if (!calendars.isEmpty()) {
      json.put("calendars", calendars.stream().map(CalendarUse::toString).toList());
    }
    retry.ifPresent(
        own -> {
          json.put("max_retries", own.maxRetries());
          json.put("retry_delay", own.retryDelay().toString());
          json.put("backoff_factor", own.backoffFactor());
        });
    return json;
  }

  static Policy read(String text) {
    try {
      if (!(Json.parse(text) instanceof Map<?, ?> json)) {
        throw new IllegalStateException("no JSON object: " + text);
      }
      return new Policy(
          (Boolean) json.get("enabled"),
          new MissedPolicy(
              (Boolean) json.get("merge_missed"),
              Optional.ofNullable((String) json.get("actuality")).map(Duration::parse)),
          Overlap.valueOf((String) json.get("overlap")),
          ((List<?>) json.get("callbacks")).stream().map(String.class::cast).toList(),
          retry(json),
          calendars(json));
    } catch (InvalidJson e) {
      throw new IllegalStateException("a policy that this program did not write: " + text, e);
    }
  }

  private static List<CalendarUse> calendars(Map<?, ?> json) {
    return json.get("calendars") instanceof List<?> uses
        ? uses.stream().map(String.class::cast).map(CalendarUse::read).toList()
        : List.of();
  }

  private static Optional<RetryPolicy> retry(Map<?, ?> json) {
    return json.containsKey("max_retries")
        ? Optional.of(
            new RetryPolicy(
                Math.toIntExact((Long) json.get("max_retries")),
                Duration.parse((String) json.get("retry_delay")),
                ((Number) json.get("backoff_factor")).doubleValue()))
        : Optional.empty();
  }
}
