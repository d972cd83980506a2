package io.actionscheduler.app.edit;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.engine.intake.Meanwhile;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.source.RowReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what other programs changed in the table while no scheduler ran. */
public final class ChangesMeanwhile implements Meanwhile {
  private static final Logger LOG = LoggerFactory.getLogger(ChangesMeanwhile.class);

  /** What a row must have itself. */
  private static final Set<Column> OWN = EnumSet.of(Column.NAME, Column.COMMAND, Column.CRON);

  private final Store store;
  private final InstantSource clock;
  private final ActionRow defaults;

  /**
   * @param reader for one use
   */
  public ChangesMeanwhile(Store store, InstantSource clock, RowReader reader) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.defaults = defaults(reader);
  }

  /** A row that leaves out all it can. */
  private static ActionRow defaults(RowReader reader) {
    Map<Column, String> needed =
        Map.of(
            Column.ID, "0", Column.NAME, "name", Column.COMMAND, "command", Column.CRON, "@daily");
    try {
      return ActionForm.row(reader.read(ActionRow.of(needed)));
    } catch (InvalidRow e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void changed(List<Difference> differences, Instant since) {
    Instant now = clock.instant();
    List<Change> changes =
        differences.stream()
            .filter(one -> one.before().isEmpty() || one.after().isEmpty() || isEdited(one))
            .map(one -> ForeignChange.of(one.before(), one.after(), now))
            .toList();
    try {
      Instant end = lastSeen(now).filter(at -> at.isAfter(since)).orElse(since);
      ForeignChange.keep(store, changes, end);
    } catch (StoreException e) {
      LOG.warn("what other programs changed since {} is not recorded: {}", since, e.getMessage());
    }
  }

  /** When the scheduler before this one was seen for the last time. */
  private Optional<Instant> lastSeen(Instant now) throws StoreException {
    Optional<Session> present = store.sessionBefore(now);
    return present.isEmpty()
        ? Optional.empty()
        : store.sessionBefore(present.get().begunAt().minusNanos(1_000)).map(Session::seenAt);
  }

  /**
   * Not where each other value is what the settings give to rows without one: then the settings
   * changed, or what this program makes of them.
   */
  private boolean isEdited(Difference difference) {
    ActionRow before = row(difference.before().orElseThrow());
    ActionRow after = row(difference.after().orElseThrow());
    return Arrays.stream(Column.values())
        .filter(column -> !before.get(column).equals(after.get(column)))
        .anyMatch(
            column -> OWN.contains(column) || !after.get(column).equals(defaults.get(column)));
  }

  private static ActionRow row(Action action) {
    return ActionForm.row(action);
  }
}
