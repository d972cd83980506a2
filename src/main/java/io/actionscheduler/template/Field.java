package io.actionscheduler.template;

import io.actionscheduler.fire.Stretch;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A value of a fire that templates can use. Times are ISO 8601 in UTC. */
public enum Field {
  FIRE_ID,
  ACTION_ID,
  NAME,
  COMMAND,
  SCHEDULED_TIME,
  /** The moment of this attempt, to the microsecond. */
  DELIVERED_TIME,
  CAUSE,
  MISSED_COUNT,
  FIRST_MISSED,
  LAST_MISSED,
  ATTEMPT;

  private static final Map<String, Field> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::key, field -> field));

  private final String key = name().toLowerCase(Locale.ROOT);

  /** Its name in templates and messages: {@code fire_id}. */
  public String key() {
    return key;
  }

  /** Its name as a header: {@code X-Fire-Id}. {@code name} is that of the action. */
  public String header() {
    StringBuilder header = new StringBuilder("X");
    for (String word : (this == NAME ? "action_name" : key).split("_")) {
      header.append('-').append(word.substring(0, 1).toUpperCase(Locale.ROOT));
      header.append(word.substring(1));
    }
    return header.toString();
  }

  public static Optional<Field> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(Field::key).toList();
  }

  /** Its value, a text or a Long; empty where it does not apply. */
  public Optional<Object> of(Passport passport) {
    return switch (this) {
      case FIRE_ID -> Optional.of(passport.fire().id().toString());
      case ACTION_ID -> Optional.of(passport.fire().action().id().text());
      case NAME -> Optional.of(passport.fire().action().name());
      case COMMAND -> Optional.of(passport.fire().action().command());
      case SCHEDULED_TIME -> Optional.of(passport.fire().scheduledAt().toString());
      case DELIVERED_TIME ->
          Optional.of(passport.deliveredAt().truncatedTo(ChronoUnit.MICROS).toString());
      case CAUSE -> Optional.of(passport.fire().cause().toString());
      case MISSED_COUNT -> Optional.of(passport.fire().missedCount());
      case FIRST_MISSED -> passport.fire().merged().map(Stretch::first).map(Object::toString);
      case LAST_MISSED -> passport.fire().merged().map(Stretch::last).map(Object::toString);
      case ATTEMPT -> Optional.of((long) passport.attempt());
    };
  }
}
