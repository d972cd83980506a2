package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.text.FireTimes;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An action as its source contains it, and its state at one moment.
 *
 * @param source {@code table}, or the name of the REST service that lists it
 * @param row its values by column; for an action of a REST service those that a row would have
 * @param action with the fires that its calendars leave to it; empty for one that cannot be
 *     understood
 * @param problem why it cannot; empty text for one that can
 * @param nextAt its next scheduled time, enabled or not
 */
public record ActionView(
    String source,
    ActionRow row,
    Optional<Action> action,
    String problem,
    Optional<Instant> nextAt) {
  public ActionView {
    requireNonNull(source, "source is null");
    requireNonNull(row, "row is null");
    requireNonNull(action, "action is null");
    requireNonNull(problem, "problem is null");
    requireNonNull(nextAt, "nextAt is null");
  }

  /** The state of an action. */
  public enum State {
    FIRES,
    /** Enabled, and without a scheduled time to come. */
    NEVER,
    DISABLED,
    REJECTED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why it cannot be understood, beginning with the action; only for one that cannot. */
  public String fault() {
    return source.equals(TableSource.NAME) ? row.label() + ": " + problem : problem;
  }

  /** A row of the action table. */
  public static ActionView of(
      ActionRow row, RowReader reader, CalendarsInForce calendars, Instant now) {
    try {
      Action action = calendars.kept(reader.read(row), now);
      return new ActionView(
          TableSource.NAME, row, Optional.of(action), "", action.timing().schedule().next(now));
    } catch (InvalidRow e) {
      return new ActionView(
          TableSource.NAME, row, Optional.empty(), e.getMessage(), Optional.empty());
    }
  }

  /** An action that the REST service {@code source} lists. */
  public static ActionView listed(
      String source, Action listed, CalendarsInForce calendars, Instant now) {
    Action action = calendars.kept(listed, now);
    return new ActionView(
        source,
        ActionForm.row(action),
        Optional.of(action),
        "",
        action.timing().schedule().next(now));
  }

  /** An entry of the REST service {@code source} that cannot be understood. */
  public static ActionView rejected(String source, Rejection rejection) {
    return new ActionView(
        source,
        ActionRow.of(Map.of(Column.ID, rejection.id().text())),
        Optional.empty(),
        rejection.message(),
        Optional.empty());
  }

  /** The same, with the next scheduled time that is not before the one that {@code ahead} names. */
  public ActionView behind(AheadOfClock ahead, Instant now) {
    if (action.isEmpty()) {
      return this;
    }
    Instant from = ahead.from(action.get().id(), now);
    return from.equals(now)
        ? this
        : new ActionView(source, row, action, problem, action.get().timing().schedule().next(from));
  }

  /** Its id as text; {@code NULL} for a row that has none. */
  public String id() {
    return row.get(Column.ID).orElse("NULL");
  }

  public State state() {
    if (action.isEmpty()) {
      return State.REJECTED;
    }
    if (!action.get().policy().enabled()) {
      return State.DISABLED;
    }
    return nextAt.isPresent() ? State.FIRES : State.NEVER;
  }

  /** Its schedule in its shortest form: crontab text without the JSON around it. */
  public String shortCron() {
    return shortCron(row.get(Column.CRON).orElse("NULL"));
  }

  /** As {@link #shortCron()}, of any value of the column {@code cron}. */
  public static String shortCron(String cron) {
    try {
      Object value = cron.startsWith("{") || cron.startsWith("\"") ? Json.parse(cron) : cron;
      if (value instanceof String plain) {
        return plain;
      }
      return value instanceof Map<?, ?> form
              && "unix".equals(form.get("format"))
              && form.get("params") instanceof Map<?, ?> params
              && params.keySet().equals(Set.of("value"))
              && params.get("value") instanceof String text
          ? text
          : Json.write(value);
    } catch (InvalidJson e) {
      return cron;
    }
  }

  /**
   * Computed values as members of a JSON object: the state, and either the problem, or callbacks,
   * the rule for missed fires, zone and next times.
   *
   * @param times how many of them at most
   */
  public Map<String, Object> meaning(Instant now, int times) {
    Map<String, Object> meaning = new LinkedHashMap<>();
    meaning.put("state", state().toString());
    if (action.isEmpty()) {
      meaning.put("problem", problem);
      return meaning;
    }
    Action known = action.get();
    meaning.put("callbacks", known.policy().callbacks());
    meaning.put("merges_missed", known.policy().missed().merge());
    meaning.put(
        "expires_after",
        known.policy().missed().actuality().map(age -> (Object) age.toSeconds()).orElse("never"));
    meaning.put("zone", known.timing().zone().getId());
    meaning.put("next", FireTimes.next(known.timing(), now, times));
    return meaning;
  }
}
