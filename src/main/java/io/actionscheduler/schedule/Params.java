package io.actionscheduler.schedule;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The members of a JSON form's object, each checked as it is asked for. */
final class Params {
  static final String INSTANT_EXAMPLE = "\"2026-12-31T23:59:59Z\"";
  private static final double LONGEST_JITTER = 1e9;
  private static final double NANOS = 1e9;

  private final Map<?, ?> members;

  /** Refuses members that are not {@code allowed}; those that are null count as not given. */
  Params(String name, Map<?, ?> members, List<String> allowed) throws InvalidSchedule {
    this.members = members;
    for (Object member : members.keySet()) {
      if (!allowed.contains(member)) {
        throw new InvalidSchedule(
            name + " \"" + member + "\": unknown; allowed are " + String.join(", ", allowed));
      }
    }
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  /** The value of {@code name}, or null where there is none. */
  Object value(String name) {
    return members.get(name);
  }

  /** The text of {@code name}; it is an error when it is missing, empty or something else. */
  String text(String name, String example) throws InvalidSchedule {
    if (!has(name)) {
      throw new InvalidSchedule(name + ": missing; write " + example);
    }
    if (value(name) instanceof String text && !text.isBlank()) {
      return text.strip();
    }
    throw fault(name, "not text, or empty; write " + example);
  }

  /** The instant of {@code name}, else {@code otherwise}. */
  Instant instant(String name, ZoneId zone, Instant otherwise) throws InvalidSchedule {
    return has(name) ? InstantText.read(name, text(name, INSTANT_EXAMPLE), zone) : otherwise;
  }

  /** From {@code start_date} to {@code end_date}, each as far as it is given. */
  Bounds bounds(ZoneId zone) throws InvalidSchedule {
    return Bounds.between(
        instant("start_date", zone, Instant.MIN), instant("end_date", zone, Instant.MAX));
  }

  /** The zone of {@code timezone}, else {@code otherwise}. */
  ZoneId zone(ZoneId otherwise) throws InvalidSchedule {
    if (!has("timezone")) {
      return otherwise;
    }
    return ZoneText.read("timezone", text("timezone", "a name such as \"Europe/Berlin\""));
  }

  /** The number of seconds of {@code jitter}, else none. */
  Duration jitter() throws InvalidSchedule {
    if (!has("jitter")) {
      return Duration.ZERO;
    }
    Object value = value("jitter");
    boolean exact =
        value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    double seconds = value instanceof Number ? ((Number) value).doubleValue() : -1;
    if (!(seconds >= 0 && seconds <= LONGEST_JITTER)) {
      throw fault("jitter", "allowed are numbers of seconds from 0 to 1000000000");
    }
    return exact
        ? Duration.ofSeconds(((Number) value).longValue())
        : Duration.ofNanos(Math.round(seconds * NANOS));
  }

  private InvalidSchedule fault(String name, String fault) {
    return new InvalidSchedule(name + " \"" + JsonText.of(value(name)) + "\": " + fault);
  }
}
