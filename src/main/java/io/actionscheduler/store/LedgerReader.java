package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatements;

/** Reads the ledger, a page at a time, each in a transaction of its own. */
final class LedgerReader {
  private static final int PAGE = 10_000;

  private static final String STRETCHES =
      """
      SELECT action_number, action_text, callback, begun_at, first_at, last_at, fires, outcome
      FROM scheduler_ledger
      WHERE (action_number, action_text, callback, begun_at, first_at)
          > (:number, :text, :callback, :begun, :first)
        AND last_at >= :from AND first_at <= :to
        AND %s
      ORDER BY action_number, action_text, callback, begun_at, first_at
      LIMIT :page
      """;

  private static final String VERSIONS =
      """
      SELECT action_number, action_text, callback, begun_at, ended_at, cron, zone
      FROM scheduler_version
      WHERE (action_number, action_text, callback, begun_at) > (:number, :text, :callback, :begun)
        AND ended_at >= :from AND begun_at <= :to
        AND %s
      ORDER BY action_number, action_text, callback, begun_at
      LIMIT :page
      """;

  // In this plain form, the condition can use an index.
  private static final String ONLY = "action_number = :only_number AND action_text = :only_text";

  private final Backend backend;
  private final Optional<Key> only;
  private final long from;
  private final long to;

  LedgerReader(Backend backend, Optional<ActionId> action, Instant from, Instant to) {
    this.backend = backend;
    this.only = action.map(Key::of);
    this.from = Micros.of(from);
    this.to = Micros.of(to);
  }

  /** The position after which a page begins. */
  private record After(Key key, String callback, long begunAt, long firstAt) {
    static final After NOTHING = new After(Key.FIRST, "", Long.MIN_VALUE, Long.MIN_VALUE);
  }

  void readStretches(Consumer<LedgerEntry> each) throws SQLException {
    read(
        STRETCHES,
        (row, context) -> stretch(row),
        entry -> after(entry.key(), entry.begunAt(), Micros.of(entry.stretch().first())),
        each);
  }

  void readVersions(Consumer<LedgerVersion> each) throws SQLException {
    read(
        VERSIONS,
        (row, context) -> version(row),
        version -> after(version.key(), version.begunAt(), 0),
        each);
  }

  private <T> void read(String sql, RowMapper<T> mapper, Function<T, After> after, Consumer<T> each)
      throws SQLException {
    After last = After.NOTHING;
    List<T> page;
    do {
      After from = last;
      page = backend.read(handle -> page(handle, sql, mapper, from));
      page.forEach(each);
      last = page.isEmpty() ? last : after.apply(page.get(page.size() - 1));
    } while (page.size() == PAGE);
  }

  private <T> List<T> page(Handle handle, String sql, RowMapper<T> mapper, After after)
      throws SQLException {
    if (!backend.schema().isReady(handle, backend)) {
      return List.of();
    }
    // The parameter of a single action is bound also where all are wanted.
    handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    return handle
        .createQuery(sql.formatted(only.isPresent() ? ONLY : "1 = 1"))
        .bind("number", after.key().number())
        .bind("text", after.key().text())
        .bind("callback", after.callback())
        .bind("begun", after.begunAt())
        .bind("first", after.firstAt())
        .bind("from", from)
        .bind("to", to)
        .bind("only_number", only.map(Key::number).orElse(0L))
        .bind("only_text", only.map(Key::text).orElse(""))
        .bind("page", PAGE)
        .map(mapper)
        .list();
  }

  private static After after(ProgressKey key, Instant begunAt, long firstAt) {
    return new After(Key.of(key.action()), key.callback(), Micros.of(begunAt), firstAt);
  }

  private static LedgerEntry stretch(ResultSet row) throws SQLException {
    return new LedgerEntry(
        key(row),
        Micros.at(row.getLong("begun_at")),
        Outcome.valueOf(row.getString("outcome")),
        new Stretch(
            Micros.at(row.getLong("first_at")),
            Micros.at(row.getLong("last_at")),
            row.getLong("fires")));
  }

  private static LedgerVersion version(ResultSet row) throws SQLException {
    return new LedgerVersion(
        key(row),
        row.getString("cron"),
        row.getString("zone"),
        Micros.at(row.getLong("begun_at")),
        Micros.at(row.getLong("ended_at")));
  }

  static ProgressKey key(ResultSet row) throws SQLException {
    return new ProgressKey(Key.of(row).id(), row.getString("callback"));
  }
}
