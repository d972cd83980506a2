package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A row of the table and what it means at one moment.
 *
 * @param action empty for a row that cannot be understood
 * @param problem why it cannot; empty text for one that can
 * @param nextAt its next scheduled time, enabled or not
 */
public record ActionView(
    ActionRow row, Optional<Action> action, String problem, Optional<Instant> nextAt) {
  public ActionView {
    requireNonNull(row, "row is null");
    requireNonNull(action, "action is null");
    requireNonNull(problem, "problem is null");
    requireNonNull(nextAt, "nextAt is null");
  }

  /** What comes of an action. */
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

  public static ActionView of(ActionRow row, RowReader reader, Instant now) {
    try {
      Action action = reader.read(row);
      return new ActionView(row, Optional.of(action), "", action.timing().schedule().next(now));
    } catch (InvalidRow e) {
      return new ActionView(row, Optional.empty(), e.getMessage(), Optional.empty());
    }
  }

  /** All rows of the table as they are now, in ascending order of their ids. */
  public static void each(Parts parts, Consumer<ActionView> view) throws SourceException {
    Instant now = parts.clock().instant();
    RowReader reader = parts.rowReader();
    List<ActionRow> rows = new ArrayList<>(); // a table is not kept locked while views are shown
    parts.table().each(rows::add);
    rows.forEach(row -> view.accept(of(row, reader, now)));
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

  /** Its schedule as short as it can be said: {@code unix} rows without the JSON around them. */
  public String shortCron() {
    String cron = row.get(Column.CRON).orElse("NULL");
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
}
