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
   * Claims shards, all of them or none. Waits for writes of their previous owners that are under
   * way; no later one is accepted.
   *
   * @param member who claims them: the token of its lease
   * @return by shard, the token under which this process may write for it
   * @throws SQLException when the database cannot be written, or does not have these shards
   */
  public Map<Integer, Long> claim(Set<Integer> shards, long member) throws SQLException {
    return database.write(
        handle -> {
          Connection connection = handle.getConnection();
          lock(connection, shards);
          Map<Integer, Long> tokens =
              tokens(
                  connection,
                  """
                  UPDATE scheduler_shard
                  SET token = token + 1, member = %d, since = clock_timestamp()
                  WHERE shard = ANY (?)
                  RETURNING shard, token
                  """
                      .formatted(member),
                  shards);
          if (tokens.size() < shards.size()) {
            Set<Integer> missing = new TreeSet<>(shards);
            missing.removeAll(tokens.keySet());
            throw new SQLException("there are no shards " + missing);
          }
          return tokens;
        });
  }

  /**
   * Waits for the writes that hold these rows FOR KEY SHARE, in one order for all processes, so
   * that two of them cannot wait for each other. The token is in no key: without this lock, an
   * update of it would not wait for them.
   */
  private static void lock(Connection connection, Set<Integer> shards) throws SQLException {
    tokens(
        connection,
        "SELECT shard, token FROM scheduler_shard WHERE shard = ANY (?) ORDER BY shard FOR UPDATE",
        shards);
  }

  /** Runs a statement about some shards that gives the token of each. */
  private static Map<Integer, Long> tokens(Connection connection, String sql, Set<Integer> shards)
      throws SQLException {
    Map<Integer, Long> tokens = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("integer", shards.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tokens.put(row.getInt(1), row.getLong(2));
        }
      }
    }
    return tokens;
  }

  /**
   * Takes the next token of shards that this process has, all of them or none. Waits for writes
   * under the present tokens that are under way; no later one is accepted.
   *
   * @param had by shard
   * @param member this process: the token of its lease, which may be a later one than when it
   *     claimed the shards
   * @param outdated receives the shards of which another process has taken the token, if there are
   *     such
   * @return by shard; empty where no token was taken
   * @throws SQLException when the database cannot be written
   */
  public Map<Integer, Long> next(
      Map<Integer, Long> had, long member, Consumer<Set<Integer>> outdated) throws SQLException {
    Set<Integer> others = new TreeSet<>();
    Map<Integer, Long> taken =
        database.write(
            handle -> {
              others.addAll(missing(handle, had, " FOR UPDATE"));
              return others.isEmpty()
                  ? tokens(
                      handle.getConnection(),
                      """
                      UPDATE scheduler_shard
                      SET token = token + 1, member = %1$d,
                        since = CASE WHEN member = %1$d THEN since ELSE clock_timestamp() END
                      WHERE shard = ANY (?)
                      RETURNING shard, token
                      """
                          .formatted(member),
                      had.keySet())
                  : Map.of();
            });
    if (!others.isEmpty()) {
      outdated.accept(others);
    }
    return taken;
  }

  /**
   * Says that nobody has these shards, except those that another process has claimed meanwhile.
   * Their tokens stay. Waits for no write: one that is under way for them may still end.
   *
   * @param member who had them
   * @throws SQLException when the database cannot be written
   */
  public void giveBack(Set<Integer> shards, long member) throws SQLException {
    database.write(
        handle -> {
          // In the order of all, as another process may claim some of them now.
          tokens(
              handle.getConnection(),
              """
              SELECT shard, token FROM scheduler_shard
              WHERE shard = ANY (?) AND member = %d ORDER BY shard FOR NO KEY UPDATE
              """
                  .formatted(member),
              shards);
          return tokens(
              handle.getConnection(),
              """
              UPDATE scheduler_shard SET member = NULL, since = NULL
              WHERE shard = ANY (?) AND member = %d
              RETURNING shard, token
              """
                  .formatted(member),
              shards);
        });
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
    // In one order for all processes, so that two of them cannot wait for each other.
    String sql =
        "SELECT shard, token FROM scheduler_shard WHERE shard = ANY (?) ORDER BY shard" + lock;
    Map<Integer, Long> inForce = tokens(handle.getConnection(), sql, tokens.keySet());
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
