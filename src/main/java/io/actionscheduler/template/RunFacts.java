package io.actionscheduler.template;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Run;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The values of an ended run that templates can use. Times are ISO 8601 in UTC. */
public record RunFacts(Run run) implements Facts {

  /** One of them. */
  private enum Fact {
    ID,
    ACTION_ID,
    FIRE_ID,
    NAME,
    CALLBACK,
    STATUS,
    CAUSE,
    SCHEDULED_TIME,
    STARTED_TIME,
    FINISHED_TIME,
    ATTEMPTS,
    MISSED_COUNT,
    ERROR,
    OUTPUT;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Their names. */
  public static final Vocabulary VOCABULARY =
      new Vocabulary(Arrays.stream(Fact.values()).map(Fact::key).toList(), false);

  public RunFacts {
    requireNonNull(run, "run is null");
  }

  /** All of it, by name. */
  public Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    List.of(Fact.values()).forEach(fact -> all.put(fact.key(), value(fact)));
    return all;
  }

  @Override
  public Optional<Object> value(String name) {
    return Optional.ofNullable(value(Fact.valueOf(name.toUpperCase(Locale.ROOT))));
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of();
  }

  private Object value(Fact fact) {
    return switch (fact) {
      case ID -> ownId();
      case ACTION_ID -> run.key().action().text();
      case FIRE_ID -> run.fireId().toString();
      case NAME -> run.actionName();
      case CALLBACK -> run.key().callback();
      case STATUS -> run.status().toString();
      case CAUSE -> run.cause().toString();
      case SCHEDULED_TIME -> run.fires().first().toString();
      case STARTED_TIME -> run.startedAt().map(Instant::toString).orElse(null);
      case FINISHED_TIME -> run.finishedAt().toString();
      case ATTEMPTS -> (long) run.attempts();
      case MISSED_COUNT -> run.missedCount();
      case ERROR -> run.error();
      case OUTPUT -> run.output();
    };
  }

  /** The id without its source: a number where it looks like one. */
  private Object ownId() {
    String id = run.key().action().text();
    String own = id.substring(id.indexOf(':') + 1);
    return own.matches("0|-?[1-9][0-9]{0,17}") ? (Object) Long.parseLong(own) : own;
  }
}
