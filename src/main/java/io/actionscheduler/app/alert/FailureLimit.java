package io.actionscheduler.app.alert;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.alert.Alert.Kind;
import io.actionscheduler.app.alert.Alert.State;
import io.actionscheduler.app.edit.Editor;
import io.actionscheduler.app.edit.TableEdits;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Disables an action of the table that failed permanently too often in a row ({@code
 * disable_after}). Failures from before the start of the scheduler count if they are in the
 * history. For one thread.
 */
final class FailureLimit {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLimit.class);

  private static final int MOST_READ = 1_000;

  private final int limit;
  private final Running running;
  private final FailuresInARow inARow = new FailuresInARow(this::stored);

  FailureLimit(int limit, Running running) {
    this.limit = limit;
    this.running = running;
  }

  /** Counts a run that ended, and returns an alert if that disabled its action. */
  Optional<Alert> ended(Run run) {
    ProgressKey key = run.key();
    if (run.status() == Status.SUCCESS) {
      inARow.delivered(key);
      return Optional.empty();
    }
    int failures = inARow.failed(run);
    if (failures < limit) {
      return Optional.empty();
    }
    inARow.restart(key); // fires that were on their way then disable it no second time
    return disable(run, failures);
  }

  /** Drops what is known of actions that no source has any more. */
  void keepOnly(Collection<SourceStatus> sources) {
    inARow.keepOnly(sources);
  }

  /**
   * The failures in a row before {@code run} that the history has; none where the history lacks
   * deliveries, as it would not tell the end of a row.
   */
  private int stored(Run run) {
    if (running.parts().settings().history().failuresOnly()) {
      return 0;
    }
    Filter attempts =
        new Filter(
            Optional.of(run.key().action()),
            Set.of(Status.FAILED, Status.SUCCESS),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    try {
      int failures = 0;
      for (Run before : latestFirst(running.store().history(attempts, Long.MAX_VALUE, MOST_READ))) {
        if (!before.key().equals(run.key()) || !before.finishedAt().isBefore(run.finishedAt())) {
          continue; // at another callback, or counted when its turn comes
        }
        if (before.status() == Status.SUCCESS || failures == limit) {
          break;
        }
        failures++;
      }
      return failures;
    } catch (StoreException e) {
      LOG.warn(
          "action {}: its earlier failures are not counted for disable_after: {}",
          run.key().action(),
          e.getMessage());
      return 0;
    }
  }

  /** In the order of their times: a failed fire is recorded when its dead letter has ended. */
  private static List<Run> latestFirst(List<Entry> entries) {
    return entries.stream()
        .map(Entry::run)
        .sorted(Comparator.comparing((Run run) -> run.fires().first()).reversed())
        .toList();
  }

  private Optional<Alert> disable(Run run, int failures) {
    ActionId action = run.key().action();
    String label = "action " + action + " \"" + run.actionName() + "\"";
    Optional<ActionTable> table = running.table();
    if (table.isEmpty() || action.number().isEmpty()) {
      LOG.warn(
          "{} failed {} times in a row and stays enabled: disable_after changes only rows of the"
              + " table; disable it where it comes from",
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
        "{} is disabled, since it failed {} times in a row (disable_after): {}; fix it, then run"
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
            "Fix it, then run \"actions enable " + action + "\""));
  }
}
