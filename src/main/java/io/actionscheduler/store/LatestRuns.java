package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.KeptStatements;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run.Status;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds the latest run of an action among millions of records without searching them. Where it is
 * not among the latest records, whose places are in memory, the ledger tells for which scheduled
 * time it was, and the blocks which records are of that time. Asked for many actions in one
 * transaction, so it keeps its statements.
 */
final class LatestRuns implements AutoCloseable {
  private static final Set<Status> ATTEMPTED = EnumSet.of(Status.SUCCESS, Status.FAILED);

  private static final String PROGRESS =
      """
      SELECT count(*), max(CASE WHEN outcome IN ('DELIVERED', 'FAILED') THEN settled_until END)
      FROM scheduler_progress WHERE action_number = ? AND action_text = ?
      """;
  private static final String NEXT_CALLBACK =
      """
      SELECT callback FROM scheduler_ledger
      WHERE action_number = ? AND action_text = ? AND callback > ? ORDER BY callback LIMIT 1
      """;
  private static final String LEDGER =
      """
      SELECT last_at FROM scheduler_ledger
      WHERE action_number = ? AND action_text = ? AND callback = ?
        AND outcome IN ('DELIVERED', 'FAILED')
      ORDER BY begun_at DESC, first_at DESC LIMIT 1
      """;
  private static final String BLOCKS =
      """
      SELECT block FROM scheduler_history_block WHERE first_at <= ? AND last_at >= ?
      ORDER BY block DESC
      """;
  // The exact condition of a partial index.
  private static final String BY_HAND =
      """
      SELECT id FROM scheduler_history
      WHERE action_number = ? AND action_text = ? AND cause IN ('MANUAL', 'BACKFILL')
        AND status IN ('SUCCESS', 'FAILED')
      ORDER BY id DESC LIMIT 1
      """;
  private static final String OLDEST =
      "SELECT finished_at FROM scheduler_history ORDER BY id LIMIT 1";

  private final Handle handle;
  private final FillingBlock filling;
  private final long last; // the number of the latest record
  private final Map<String, KeptStatements.Loan> statements = new HashMap<>();

  LatestRuns(Handle handle, FillingBlock filling) throws SQLException {
    this.handle = handle;
    this.filling = filling;
    this.last = HistorySearch.last(handle);
    filling.learn(handle, last);
  }

  @Override
  public void close() throws SQLException {
    for (KeptStatements.Loan statement : statements.values()) {
      statement.close();
    }
  }

  /** The latest run of each of several actions that has one; see below. */
  Map<ActionId, Entry> of(Collection<ActionId> actions) throws SQLException {
    Map<ActionId, Entry> found = new HashMap<>();
    Set<ActionId> wanted = new LinkedHashSet<>(actions);
    if (wanted.size() > 1) { // together as far as that goes: most ran lately
      for (Entry entry : new RecentRuns(handle, filling).lately(wanted)) {
        ActionId action = entry.run().key().action();
        if (ATTEMPTED.contains(entry.run().status()) && wanted.remove(action)) {
          found.put(action, entry);
        }
      }
    }
    for (ActionId action : wanted) {
      of(action).ifPresent(entry -> found.put(action, entry));
    }
    return found;
  }

  /** The latest run of {@code action} that has ended, well or not; empty where none is kept. */
  Optional<Entry> of(ActionId action) throws SQLException {
    HistorySearch all = search(action, Optional.empty(), Optional.empty());
    Optional<Entry> latest = all.latestIn(HistoryBlocks.of(last), last);
    if (latest.isPresent()) {
      return latest;
    }
    Key key = Key.of(action);
    List<Long> progress = row(PROGRESS, key.number(), key.text());
    if (progress.get(0) == 0) {
      return all.before(Long.MAX_VALUE, 1).stream().findFirst(); // no ledger tells of it
    }
    OptionalLong byHand = number(BY_HAND, key.number(), key.text());
    OptionalLong attempted = attemptedAt(key, progress.stream().skip(1).findFirst());
    Optional<Entry> scheduled =
        attempted.isEmpty() ? Optional.empty() : at(action, attempted.getAsLong());
    if (scheduled.isEmpty() && attempted.isPresent() && isKept(attempted.getAsLong())) {
      // Not every run is recorded (history.level), and an older one may be.
      return all.before(Long.MAX_VALUE, 1).stream().findFirst();
    }
    return byHand.isPresent()
            && scheduled.map(entry -> entry.number() < byHand.getAsLong()).orElse(true)
        ? all.before(byHand.getAsLong() + 1, 1).stream().findFirst()
        : scheduled;
  }

  private HistorySearch search(ActionId action, Optional<Instant> from, Optional<Instant> to) {
    Filter filter = new Filter(Optional.of(action), ATTEMPTED, Set.of(), from, to);
    return new HistorySearch(handle, filter, filling).withoutOutput();
  }

  /**
   * The latest scheduled time of which the ledger says that it was attempted.
   *
   * @param open of the open ends of the ledger, which are part of progress
   */
  private OptionalLong attemptedAt(Key key, Optional<Long> open) throws SQLException {
    OptionalLong latest = open.stream().mapToLong(Long::longValue).findFirst();
    for (Optional<String> callback = callbackBehind(key, "");
        callback.isPresent();
        callback = callbackBehind(key, callback.get())) {
      OptionalLong at = number(LEDGER, key.number(), key.text(), callback.get());
      if (at.isPresent() && (latest.isEmpty() || latest.getAsLong() < at.getAsLong())) {
        latest = at;
      }
    }
    return latest;
  }

  private Optional<Entry> at(ActionId action, long scheduledAt) throws SQLException {
    Instant from = Micros.at(scheduledAt);
    HistorySearch search =
        search(action, Optional.of(from), Optional.of(Micros.at(scheduledAt + 1)));
    for (long block : numbers(BLOCKS, scheduledAt, scheduledAt)) {
      Optional<Entry> found = search.latestIn(block, last);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Whether records of that time are still there. */
  private boolean isKept(long scheduledAt) throws SQLException {
    OptionalLong oldest = number(OLDEST);
    return oldest.isPresent() && oldest.getAsLong() <= scheduledAt;
  }

  private Optional<String> callbackBehind(Key key, String callback) throws SQLException {
    try (ResultSet row = asked(NEXT_CALLBACK, key.number(), key.text(), callback)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /** The columns of the only row that are not NULL. */
  private List<Long> row(String sql, Object... values) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (ResultSet row = asked(sql, values)) {
      row.next();
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        long number = row.getLong(column);
        if (!row.wasNull()) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private OptionalLong number(String sql, Object... values) throws SQLException {
    return numbers(sql, values).stream().mapToLong(Long::longValue).findFirst();
  }

  private List<Long> numbers(String sql, Object... values) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (ResultSet row = asked(sql, values)) {
      while (row.next()) {
        long number = row.getLong(1);
        if (!row.wasNull()) { // max() of nothing
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private ResultSet asked(String sql, Object... values) throws SQLException {
    KeptStatements.Loan loan = statements.get(sql);
    if (loan == null) {
      loan = KeptStatements.lend(handle, sql);
      statements.put(sql, loan);
    }
    PreparedStatement statement = loan.statement();
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement.executeQuery();
  }
}
