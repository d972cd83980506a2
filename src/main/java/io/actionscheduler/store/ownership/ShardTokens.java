package io.actionscheduler.store.ownership;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * A token for each shard, which grows with every process that claims the shard. Each write checks
 * the tokens of the shards that it writes for, so an earlier owner can write nothing more.
 */
public final class ShardTokens {
  private final OwnedDatabase database;

  /**
   * @param database whose tables of a cluster are there: see {@link ClusterTables#enter}
   */
  public ShardTokens(OwnedDatabase database) {
    this.database = requireNonNull(database, "database is null");
  }

  /**
   * Claims a shard. Waits for a write of its previous owner that is under way; no later one is
   * accepted.
   *
   * @param member who claims it: the token of its lease
   * @return the token under which this process may write for it
   * @throws SQLException when the database cannot be written, or does not have this shard
   */
  public long claim(int shard, long member) throws SQLException {
    return database.write(
        handle -> {
          // The token is in no key: without this lock, an update of it would not wait for the
          // writes that hold the row FOR KEY SHARE.
          handle.execute("SELECT 1 FROM scheduler_shard WHERE shard = ? FOR UPDATE", shard);
          return handle
              .createQuery(
                  """
                  UPDATE scheduler_shard
                  SET token = token + 1, member = :member, since = clock_timestamp()
                  WHERE shard = :shard
                  RETURNING token
                  """)
              .bind("shard", shard)
              .bind("member", member)
              .mapTo(long.class)
              .findOne()
              .orElseThrow(() -> new SQLException("there is no shard " + shard));
        });
  }

  /**
   * Takes the next token of shards that this process has, all of them or none. Waits for writes
   * under the present tokens that are under way; no later one is accepted.
   *
   * @param had by shard
   * @param outdated receives the shards of which another process has taken the token, if there are
   *     such
   * @return by shard; empty where no token was taken
   * @throws SQLException when the database cannot be written
   */
  public Map<Integer, Long> next(Map<Integer, Long> had, Consumer<Set<Integer>> outdated)
      throws SQLException {
    Set<Integer> others = new TreeSet<>();
    Map<Integer, Long> taken =
        database.write(
            handle -> {
              others.addAll(missing(handle, had, " FOR UPDATE"));
              Map<Integer, Long> next = new HashMap<>();
              if (others.isEmpty()) {
                for (int shard : had.keySet()) {
                  handle.execute(
                      "UPDATE scheduler_shard SET token = token + 1 WHERE shard = ?", shard);
                  next.put(shard, had.get(shard) + 1);
                }
              }
              return next;
            });
    if (!others.isEmpty()) {
      outdated.accept(others);
    }
    return taken;
  }

  /**
   * Says that nobody has a shard, unless another process has claimed it meanwhile. Its token stays.
   *
   * @param member who had it
   * @throws SQLException when the database cannot be written
   */
  public void giveBack(int shard, long member) throws SQLException {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE scheduler_shard SET member = NULL, since = NULL
                    WHERE shard = :shard AND member = :member
                    """)
                .bind("shard", shard)
                .bind("member", member)
                .execute());
  }

  /**
   * The shards of {@code tokens} whose token is no longer in force. Until the transaction of {@code
   * handle} ends, no process can claim the others.
   *
   * @param tokens by shard
   * @throws SQLException when the database cannot be read
   */
  public static Set<Integer> outdated(Handle handle, Map<Integer, Long> tokens)
      throws SQLException {
    return missing(handle, tokens, " FOR KEY SHARE");
  }

  /**
   * The same now, without keeping anybody waiting: for a process that writes nothing at the moment.
   *
   * @throws SQLException when the database cannot be read
   */
  public Set<Integer> outdated(Map<Integer, Long> tokens) throws SQLException {
    return database.read(handle -> missing(handle, tokens, ""));
  }

  private static Set<Integer> missing(Handle handle, Map<Integer, Long> tokens, String lock)
      throws SQLException {
    if (tokens.isEmpty()) {
      return Set.of();
    }
    Map<Integer, Long> inForce = new HashMap<>();
    // In one order for all processes, so that two of them cannot wait for each other.
    String sql =
        "SELECT shard, token FROM scheduler_shard WHERE shard = ANY (?) ORDER BY shard" + lock;
    Connection connection = handle.getConnection();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("integer", tokens.keySet().toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          inForce.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    Set<Integer> outdated = new TreeSet<>();
    tokens.forEach(
        (shard, token) -> {
          if (!token.equals(inForce.get(shard))) {
            outdated.add(shard);
          }
        });
    return outdated;
  }
}
