package io.actionscheduler.template;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Fire;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a fire that every delivery has.
 *
 * @param attempt from 1
 * @param deliveredAt the moment of this attempt
 */
public record Passport(Fire fire, int attempt, Instant deliveredAt) implements Facts {
  /** The name of an action's parameters among the {@link Field}s. */
  public static final String PARAMETERS = "parameters";

  public Passport {
    requireNonNull(fire, "fire is null");
    requireNonNull(deliveredAt, "deliveredAt is null");
  }

  @Override
  public Optional<Object> value(String name) {
    return Field.of(name).flatMap(field -> field.of(this));
  }

  @Override
  public Map<String, Object> parameters() {
    return fire.action().parameters();
  }

  /**
   * Everything, by the names that templates use, in the order of {@link Field}, the parameters
   * last; what does not apply, such as {@code first_missed} where nothing was missed, is null.
   */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : Field.values()) {
      values.put(field.key(), field.of(this).orElse(null));
    }
    values.put(PARAMETERS, parameters());
    return values;
  }
}
