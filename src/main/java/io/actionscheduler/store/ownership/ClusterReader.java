package io.actionscheduler.store.ownership;

import io.actionscheduler.store.ownership.ClusterState.Member;
import io.actionscheduler.store.ownership.ClusterState.OwnedShard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads the tables of a cluster, for people. */
public final class ClusterReader {
  private ClusterReader() {}

  /**
   * Reads them all.
   *
   * @return empty where there are none
   * @throws SQLException when the database cannot be read
   */
  public static Optional<ClusterState> read(OwnedDatabase database) throws SQLException {
    return database.read(
        handle ->
            database.hasTable(handle, "scheduler_cluster")
                ? Optional.of(new ClusterState(name(handle), members(handle), shards(handle)))
                : Optional.empty());
  }

  private static String name(Handle handle) {
    return handle.createQuery("SELECT name FROM scheduler_cluster").mapTo(String.class).one();
  }

  private static List<Member> members(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT number, host, pid, since, lease_until, lease_until > clock_timestamp() AS alive
            FROM scheduler_member
            WHERE lease_until > clock_timestamp()
              OR EXISTS (SELECT 1 FROM scheduler_shard WHERE member = number)
            ORDER BY number
            """)
        .map((row, context) -> member(row))
        .list();
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(row.getLong("number"), LeaseRow.holder(row), row.getBoolean("alive"));
  }

  private static List<OwnedShard> shards(Handle handle) {
    return handle
        .createQuery("SELECT shard, token, member, since FROM scheduler_shard ORDER BY shard")
        .map(
            (row, context) ->
                new OwnedShard(
                    row.getInt("shard"),
                    row.getLong("token"),
                    Optional.ofNullable((Long) row.getObject("member")),
                    at(row, "since")))
        .list();
  }

  private static Optional<Instant> at(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
