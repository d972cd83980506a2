package io.actionscheduler.app.alert;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.alert.Alert.Kind;
import io.actionscheduler.app.alert.Alert.State;
import io.actionscheduler.app.edit.Editor;
import io.actionscheduler.app.edit.TableEdits;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disables an action of the table that failed for good too often in a row ({@code disable_after}).
 * Failures of earlier runs of the scheduler count as far as the history has them. For one thread.
 */
final class FailureLimit {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLimit.class);

  private final int limit;
  private final Running running;
  private final Map<ActionId, Integer> inARow = new HashMap<>();

  FailureLimit(int limit, Running running) {
    this.limit = limit;
    this.running = running;
  }

  /** A run ended; what is worth an alert, if its action was disabled. */
  Optional<Alert> ended(Run run) {
    ActionId action = run.key().action();
    if (run.status() == Status.SUCCESS) {
      inARow.remove(action);
      return Optional.empty();
    }
    Integer known = inARow.get(action);
    int failures = known == null ? Math.max(1, stored(action)) : known + 1;
    inARow.put(action, failures);
    if (failures < limit) {
      return Optional.empty();
    }
    inARow.remove(action);
    return disable(run, failures);
  }

  /** Failures in a row that the history has, the one that was just told included, if it has it. */
  private int stored(ActionId action) {
    Filter attempts =
        new Filter(
            Optional.of(action),
            Set.of(Status.FAILED, Status.SUCCESS),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    try {
      int failures = 0;
      for (var entry : running.store().history(attempts, Long.MAX_VALUE, limit)) {
        if (entry.run().status() == Status.SUCCESS) {
          break;
        }
        failures++;
      }
      return failures;
    } catch (StoreException e) {
      LOG.warn(
          "action {}: its earlier failures are not counted for disable_after: {}",
          action,
          e.getMessage());
      return 0;
    }
  }

  private Optional<Alert> disable(Run run, int failures) {
    ActionId action = run.key().action();
    String label = "action " + action + " \"" + run.actionName() + "\"";
    Optional<ActionTable> table = running.table();
    if (table.isEmpty() || action.number().isEmpty()) {
      LOG.warn(
          "{} failed {} times in a row and stays enabled: disable_after changes rows of the table"
              + " alone; disable it where it comes from",
          label,
          failures);
      return Optional.empty();
    }
    try {
      TableEdits edits =
          new TableEdits(table.get(), running.store(), running.parts().clock(), change -> {});
      boolean disabled =
          edits
              .edit(
                  action.number().getAsLong(),
                  row -> true,
                  Map.of(Column.ENABLED, Optional.of("false")),
                  Editor.ofScheduler("disable_after"))
              .isPresent();
      if (!disabled) {
        return Optional.empty(); // its row is gone
      }
    } catch (SourceException | InvalidRow e) {
      LOG.error(
          "{} failed {} times in a row and was not disabled: {}", label, failures, e.getMessage());
      return Optional.empty();
    }
    LOG.warn(
        "{} is disabled, since it failed {} times in a row (disable_after): {}; mend it, then run"
            + " \"actions enable {}\"",
        label,
        failures,
        run.error(),
        action);
    return Optional.of(
        new Alert(
            Kind.DISABLED,
            State.RAISED,
            "action " + action,
            running.parts().clock().instant(),
            label + " is disabled, since it failed " + failures + " times in a row: " + run.error(),
            "Mend it, then run \"actions enable " + action + "\""));
  }
}
