package io.actionscheduler.source;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Identifies a state of the table, read in the same transaction as its rows. docs/source.md
 * explains why no change can go unnoticed.
 *
 * @param snapshot the transactions that can be seen; empty where the server cannot say: as long as
 *     it is the same, nothing at all was committed
 * @param table its columns and the versions of their definitions
 * @param rows a sum over the identities of all row versions; empty where they have none
 */
record PostgresState(Optional<String> snapshot, String table, Optional<RowSum> rows) {
  private static final int FIRST_WITH_HASHES_OF_PLACES = 14;

  /**
   * The state that the transaction sees.
   *
   * @param snapshot what {@link #snapshot} said in the same transaction
   * @param where which rows count: a clause of SQL, or empty for all
   */
  static PostgresState of(Handle handle, Optional<String> snapshot, String where)
      throws SQLException {
    if (handle.getConnection().getMetaData().getDatabaseMajorVersion()
        < FIRST_WITH_HASHES_OF_PLACES) {
      return new PostgresState(snapshot, "", Optional.empty());
    }
    return handle
        .createQuery(
            """
            SELECT c.relkind IN ('r', 'p', 'm'),
                   (SELECT string_agg(a.attname || ' ' || a.atttypid || ' ' || CAST(a.xmin AS text),
                                      ', ' ORDER BY a.attnum)
                      FROM pg_attribute AS a
                     WHERE a.attrelid = c.oid)
              FROM pg_class AS c
             WHERE c.oid = to_regclass('action')
            """)
        .scanResultSet(
            (result, context) -> {
              ResultSet row = result.get();
              if (!row.next()) {
                return new PostgresState(snapshot, "", Optional.empty());
              }
              Optional<RowSum> rows =
                  row.getBoolean(1) ? Optional.of(rows(handle, where)) : Optional.empty();
              return new PostgresState(snapshot, row.getString(2), rows);
            });
  }

  /**
   * Whether the table is certainly as it was, but for what this program wrote.
   *
   * @param before as it was read; may be null
   * @param written by how much that changed the sum
   */
  boolean isSurely(PostgresState before, RowSum written) {
    return before != null
        && rows.isPresent()
        && rows.equals(before.rows.map(written::plus))
        && table.equals(before.table);
  }

  /** The sum over the rows with these ids, as the transaction sees them. */
  static RowSum of(Handle handle, List<Long> ids) {
    return ids.isEmpty() ? RowSum.ZERO : rows(handle, TableSql.among(ids));
  }

  /** What the transaction sees; empty on a standby, which does not list running transactions. */
  static Optional<String> snapshot(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN NOT pg_is_in_recovery() THEN CAST(pg_current_snapshot() AS text) END
            """)
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Which run of which server answers. Behind a pooler a connection outlives both, and what is
   * known of one says nothing about the next: transactions may be numbered alike.
   */
  static String server(Handle handle) {
    return handle
        .createQuery("SELECT CAST(pg_postmaster_start_time() AS text)")
        .mapTo(String.class)
        .one();
  }

  private static RowSum rows(Handle handle, String where) {
    // xmin has no cast to a number; its age counted back from now is three times as fast as its
    // text. Ages of the two special transactions, which are no ages, stand for themselves.
    return handle
        .createQuery(
            """
            SELECT count(*),
                   coalesce(sum(hashint8extended(coalesce(id, 0), hashtidextended(ctid,
                        CASE WHEN age(xmin) = 2147483647 THEN 2
                             ELSE (now.number - age(xmin)) & 4294967295 END))), 0)
              FROM action,
                   (SELECT CAST(age(CAST('3' AS xid)) AS bigint) + 3 AS number OFFSET 0) AS now
            """
                + where)
        .map((row, context) -> new RowSum(row.getLong(1), new BigInteger(row.getString(2))))
        .one();
  }
}
