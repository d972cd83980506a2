package io.actionscheduler.store;

import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the table {@code scheduler_progress} a page at a time. */
final class ProgressReader {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressReader.class);
  private static final int PAGE = 10_000;

  private static final String COLUMNS =
      """
      SELECT action_number, action_text, callback_id, settled_until, schedule_id, cron,
        zone, paused, begun_at, outcome, first_at, fires, open_fire
      FROM scheduler_progress
      """;

  private static final String ALL = paged("");
  private static final String FAILED = paged("AND outcome = '" + Outcome.FAILED.name() + "'\n");

  private static String paged(String condition) {
    return COLUMNS
        + """
        WHERE (action_number, action_text, callback_id) > (?, ?, ?)
        """
        + condition
        + """
        ORDER BY action_number, action_text, callback_id
        LIMIT ?
        """;
  }

  // No schedule has this text: reading it again shows that it cannot be understood.
  private static final List<String> UNREADABLE = List.of("", "UTC");

  private final Backend backend;
  private final Lookup<String> callbacks =
      new Lookup<>("scheduler_callback", List.of("name"), columns -> columns.get(0));
  private final Lookup<List<String>> schedules =
      new Lookup<>("scheduler_schedule", List.of("cron", "zone"), List::copyOf);

  ProgressReader(Backend backend) {
    this.backend = backend;
  }

  /** A page begins after this: the key and callback of the last row of the previous page. */
  private record After(Key key, long callback) {}

  private record Page(List<Progress> progress, Optional<After> last) {}

  /**
   * Hands over the stored progress of {@code ids}, in short transactions, none of which is open
   * while {@code each} runs.
   */
  void read(IdScope ids, Consumer<Progress> each) throws SQLException {
    read(ids, ALL, each);
  }

  /** As {@link #read}, of all actions whose latest settled fire failed. */
  void readFailed(Consumer<Progress> each) throws SQLException {
    read(IdScope.ALL, FAILED, each);
  }

  private void read(IdScope ids, String query, Consumer<Progress> each) throws SQLException {
    for (KeyRange range : KeyRange.of(ids)) {
      Optional<After> last = Optional.of(new After(range.from(), 0)); // callbacks begin at 1
      while (last.isPresent()) {
        After after = last.get();
        Page page = backend.read(handle -> page(handle, query, range, after));
        page.progress().forEach(each);
        last = page.last();
      }
    }
  }

  /** The progress of one action, at each of its callbacks. */
  List<Progress> of(Handle handle, Key key) throws SQLException {
    List<ProgressRow> rows = new ArrayList<>();
    try (PreparedStatement select =
        handle
            .getConnection()
            .prepareStatement(COLUMNS + "WHERE action_number = ? AND action_text = ?")) {
      select.setLong(1, key.number());
      select.setString(2, key.text());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(ProgressRow.of(row));
        }
      }
    }
    return progress(handle, rows);
  }

  private Page page(Handle handle, String query, KeyRange range, After after) throws SQLException {
    if (!backend.schema().isReady(handle, backend)) {
      return new Page(List.of(), Optional.empty());
    }
    List<ProgressRow> rows = new ArrayList<>(PAGE);
    try (PreparedStatement select = handle.getConnection().prepareStatement(query)) {
      select.setLong(1, after.key().number());
      select.setString(2, after.key().text());
      select.setLong(3, after.callback());
      select.setInt(4, PAGE);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(ProgressRow.of(row));
        }
      }
    }
    boolean more = rows.size() == PAGE && !range.isBehind(rows.get(PAGE - 1).key());
    Optional<After> last =
        more
            ? Optional.of(new After(rows.get(PAGE - 1).key(), rows.get(PAGE - 1).callback()))
            : Optional.empty();
    rows.removeIf(row -> range.isBehind(row.key()));
    return new Page(progress(handle, rows), last);
  }

  private List<Progress> progress(Handle handle, List<ProgressRow> rows) throws SQLException {
    Map<Long, String> callback = callbacks.values(handle, distinct(rows, ProgressRow::callback));
    Map<Long, List<String>> schedule =
        schedules.values(handle, distinct(rows, ProgressRow::schedule));
    List<Progress> progress = new ArrayList<>(rows.size());
    for (ProgressRow row : rows) {
      if (!callback.containsKey(row.callback())) {
        LOG.warn(
            "progress of action {} at a callback that scheduler_callback no longer has ({}): left"
                + " out",
            row.key().id(),
            row.callback());
        continue;
      }
      if (row.schedule() != 0 && !schedule.containsKey(row.schedule())) {
        LOG.warn(
            "progress of action {} at {} has a schedule that scheduler_schedule no longer has ({}):"
                + " it counts as changed, what was missed since {} is not caught up",
            row.key().id(),
            callback.get(row.callback()),
            row.schedule(),
            row.settledUntil());
      }
      progress.add(
          row.progress(
              callback.get(row.callback()), schedule.getOrDefault(row.schedule(), UNREADABLE)));
    }
    return progress;
  }

  private static Set<Long> distinct(List<ProgressRow> rows, ToLongFunction<ProgressRow> number) {
    Set<Long> numbers = new HashSet<>();
    rows.forEach(row -> numbers.add(number.applyAsLong(row)));
    return numbers;
  }
}
