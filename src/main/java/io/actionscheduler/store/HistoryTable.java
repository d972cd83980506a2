package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Stretch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the table {@code scheduler_history}. */
final class HistoryTable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryTable.class);
  private static final int PRUNED_AT_ONCE = 10_000;

  private static final List<String> WRITTEN =
      List.of(
          "id",
          "action_number",
          "action_text",
          "callback",
          "name",
          "first_at",
          "last_at",
          "fires",
          "request",
          "cause",
          "status",
          "started_at",
          "finished_at",
          "attempts",
          "missed",
          "error",
          "output");

  static final String COLUMNS =
      """
      SELECT id, action_number, action_text, callback, name, first_at, last_at, fires, request,
        cause, status, started_at, finished_at, attempts, missed, error, output
      FROM scheduler_history
      """;

  /** The same with an empty output, which may be as long as all the rest of a page. */
  static final String WITHOUT_OUTPUT = COLUMNS.replace(" output\n", " '' AS output\n");

  private final Backend backend;
  private final Bulk insert;
  private final FillingBlock filling = new FillingBlock();
  private volatile int generation; // of the database that it is of

  HistoryTable(Backend backend) {
    this.backend = backend;
    // One value less to bind: see docs/store.md on what the time goes into.
    List<String> columns = backend.numbersHistory() ? WRITTEN.subList(1, WRITTEN.size()) : WRITTEN;
    this.insert = backend.insert("scheduler_history", columns);
  }

  /** Adds runs as the owner, whose record follows the one before as a rule. */
  void add(Handle handle, List<Run> runs) throws SQLException {
    forgetIfReplaced();
    add(handle, runs, filling);
  }

  /** Adds runs beside an owner. */
  void addByHand(Handle handle, List<Run> runs) throws SQLException {
    add(handle, runs, new FillingBlock());
  }

  HistorySearch search(Handle handle, Filter filter) {
    forgetIfReplaced();
    return new HistorySearch(handle, filter, filling);
  }

  RecentRuns recent(Handle handle) throws SQLException {
    forgetIfReplaced();
    return new RecentRuns(handle, filling);
  }

  LatestRuns latest(Handle handle) throws SQLException {
    forgetIfReplaced();
    return new LatestRuns(handle, filling);
  }

  /** To be called where a transaction of the owner failed, and where one begins to own. */
  void forget() {
    filling.forget();
  }

  private void forgetIfReplaced() {
    int now = backend.generation();
    if (now != generation) {
      forget();
      generation = now;
    }
  }

  private void add(Handle handle, List<Run> runs, FillingBlock block) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    backend.lockHistory(handle);
    long first = HistorySearch.last(handle) + 1;
    insert.execute(handle, runs, backend.numbersHistory() ? HistoryTable::bind : numbered(first));
    HistoryBlocks.extend(handle, first, runs);
    block.add(handle, first, runs);
  }

  /**
   * Adds the records that the database accepts, and drops the others: a refused record must not
   * prevent progress from being recorded.
   */
  void addSound(Handle handle, List<Run> runs) throws SQLException {
    if (runs.isEmpty()) {
      return;
    }
    Connection connection = handle.getConnection();
    Savepoint before = connection.setSavepoint();
    try {
      add(handle, runs);
      connection.releaseSavepoint(before);
    } catch (SQLException e) {
      if (!isAboutData(e)) {
        throw e;
      }
      connection.rollback(before);
      forget();
      if (runs.size() == 1) {
        LOG.warn("no record of {} in the history: {}", runs.get(0).fireId(), e.getMessage());
      } else { // by halves: usually a single one among thousands is refused
        addSound(handle, runs.subList(0, runs.size() / 2));
        addSound(handle, runs.subList(runs.size() / 2, runs.size()));
      }
    }
  }

  /** Whether the data are the cause of the fault, so that a retry cannot help. */
  static boolean isAboutData(Throwable fault) {
    for (Throwable each = fault; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("22") || sql.getSQLState().startsWith("21"))) {
        return true;
      }
    }
    return false;
  }

  /** Binds runs, in their order, with numbers from {@code first} on. */
  private static Bulk.Binder<Run> numbered(long first) {
    AtomicLong next = new AtomicLong(first);
    return (values, run) -> bind(values.number(next.getAndIncrement()), run);
  }

  private static void bind(Bulk.Values values, Run run) throws SQLException {
    Key.bind(values, run.key().action()).text(run.key().callback()).text(run.actionName());
    values.number(Micros.of(run.fires().first())).number(Micros.of(run.fires().last()));
    values.number(run.fires().count()).text(run.request());
    values.text(run.cause().name()).text(run.status().name());
    if (run.startedAt().isPresent()) {
      values.number(Micros.of(run.startedAt().get()));
    } else {
      values.noNumber();
    }
    values.number(Micros.of(run.finishedAt())).number(run.attempts()).number(run.missedCount());
    values.text(run.error()).text(run.output());
  }

  /**
   * Removes the oldest records, a limited number of them, and says whether more can be removed.
   * Only the oldest are removed, so that the numbers have no gaps: where the clock was set back, a
   * record that stays also protects the later ones, until there are too many. The latest record
   * always stays, since new ones are numbered after it.
   */
  static boolean prune(Handle handle, Instant before, long maxRows) {
    long end =
        handle
            .createQuery(
                """
                SELECT coalesce(min(CASE WHEN may_go THEN NULL ELSE id END), max(id) + 1, 0)
                FROM (
                  SELECT id, id < (SELECT max(id) FROM scheduler_history)
                      AND (finished_at < :before
                        OR id <= (SELECT max(id) FROM scheduler_history) - :rows) AS may_go
                  FROM scheduler_history ORDER BY id LIMIT :most
                ) AS oldest
                """)
            .bind("most", PRUNED_AT_ONCE)
            .bind("before", Micros.of(before))
            .bind("rows", maxRows)
            .map((row, context) -> row.getLong(1))
            .one();
    int dropped =
        handle
            .createUpdate("DELETE FROM scheduler_history WHERE id < :end")
            .bind("end", end)
            .execute();
    HistoryBlocks.drop(handle, end);
    HistoryPieces.drop(handle, end);
    return dropped == PRUNED_AT_ONCE;
  }

  /** Indexes a full block that is not, the latest first; whether there was one. */
  static boolean index(Handle handle) throws SQLException {
    Optional<Long> block =
        handle
            .createQuery(
                """
                SELECT max(block) FROM scheduler_history_block WHERE indexed = 0 AND block < :filling
                """)
            .bind("filling", HistoryBlocks.of(HistorySearch.last(handle) + 1))
            .map((row, context) -> Optional.ofNullable((Number) row.getObject(1)))
            .one()
            .map(Number::longValue);
    if (block.isPresent()) {
      HistoryPieces.write(handle, block.get(), HistoryPieces.read(handle, block.get()));
    }
    return block.isPresent();
  }

  /**
   * The records of some numbers. Without Jdbi, which takes longer to read so long a statement than
   * the database to answer it.
   *
   * @param columns one of the constants above
   * @param order as SQL; empty for any
   */
  static List<Entry> entries(Handle handle, String columns, List<Long> numbers, String order)
      throws SQLException {
    String in = numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    try (PreparedStatement statement =
            handle.getConnection().prepareStatement(columns + " WHERE id IN (" + in + ")" + order);
        ResultSet row = statement.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (row.next()) {
        entries.add(entry(row));
      }
      return entries;
    }
  }

  static Entry entry(ResultSet row) throws SQLException {
    long startedAt = row.getLong("started_at");
    Optional<Instant> started =
        row.wasNull() ? Optional.empty() : Optional.of(Micros.at(startedAt));
    return new Entry(
        row.getLong("id"),
        new Run(
            LedgerReader.key(row),
            row.getString("name"),
            new Stretch(
                Micros.at(row.getLong("first_at")),
                Micros.at(row.getLong("last_at")),
                row.getLong("fires")),
            row.getString("request"),
            Cause.valueOf(row.getString("cause")),
            Status.valueOf(row.getString("status")),
            started,
            Micros.at(row.getLong("finished_at")),
            row.getInt("attempts"),
            row.getLong("missed"),
            row.getString("error"),
            row.getString("output")));
  }
}
