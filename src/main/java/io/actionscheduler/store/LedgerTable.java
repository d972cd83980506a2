package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Writes the tables {@code scheduler_ledger} and {@code scheduler_version}. */
final class LedgerTable {
  private static final Rows STRETCHES =
      new Rows(
          """
          INSERT INTO scheduler_ledger (action_number, action_text, callback, begun_at, first_at,
            last_at, fires, outcome)
          VALUES\s""",
          "(?,?,?,?,?,?,?,?)",
          """
           ON CONFLICT (action_number, action_text, callback, begun_at, first_at) DO UPDATE SET
            last_at = excluded.last_at, fires = excluded.fires, outcome = excluded.outcome
          """);

  private static final Rows VERSIONS =
      new Rows(
          """
          INSERT INTO scheduler_version (action_number, action_text, callback, begun_at, ended_at,
            cron, zone)
          VALUES\s""",
          "(?,?,?,?,?,?,?)",
          """
           ON CONFLICT (action_number, action_text, callback, begun_at) DO UPDATE SET
            ended_at = excluded.ended_at, cron = excluded.cron, zone = excluded.zone
          """);

  private LedgerTable() {}

  static void save(
      Handle handle, Collection<LedgerEntry> stretches, Collection<LedgerVersion> versions)
      throws SQLException {
    STRETCHES.execute(handle, lastOfEach(stretches, LedgerPosition::of), LedgerTable::bind);
    VERSIONS.execute(handle, lastOfEach(versions, LedgerPosition::of), LedgerTable::bind);
  }

  /** PostgreSQL refuses a statement that changes one row twice. */
  private static <T> List<T> lastOfEach(Collection<T> entries, Function<T, LedgerPosition> place) {
    Map<LedgerPosition, T> last = new LinkedHashMap<>();
    entries.forEach(entry -> last.put(place.apply(entry), entry));
    return List.copyOf(last.values());
  }

  private static void bind(Bulk.Values values, LedgerEntry entry) throws SQLException {
    Key key = Key.of(entry.key().action());
    values.number(key.number()).text(key.text()).text(entry.key().callback());
    values.number(Micros.of(entry.begunAt()));
    values.number(Micros.of(entry.stretch().first())).number(Micros.of(entry.stretch().last()));
    values.number(entry.stretch().count()).text(entry.outcome().name());
  }

  private static void bind(Bulk.Values values, LedgerVersion version) throws SQLException {
    Key key = Key.of(version.key().action());
    values.number(key.number()).text(key.text()).text(version.key().callback());
    values.number(Micros.of(version.begunAt())).number(Micros.of(version.endedAt()));
    values.text(version.cron()).text(version.zone());
  }
}
