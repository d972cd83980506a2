package io.actionscheduler.store.ownership;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.StoreOwner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The tables that the processes of a cluster share, beside those of the store. They have numbered
 * steps of their own, so that the store of a single process never has them.
 */
public final class ClusterTables {
  private static final int NEWEST = 1;

  private ClusterTables() {}

  /**
   * What all processes of a cluster have to agree on.
   *
   * @param name of the cluster
   * @param shards how many there are
   * @param arithmetic the version of the arithmetic that finds the shard of an action
   */
  public record Terms(String name, int shards, int arithmetic) {
    public Terms {
      requireNonNull(name, "name is null");
    }
  }

  /** This process does not fit the cluster; the message says what to do. */
  public static final class WrongCluster extends SQLException {
    WrongCluster(String message) {
      super(message);
    }
  }

  /**
   * Makes or updates the tables, those of the store too, and stores {@code mine} if there was no
   * cluster yet.
   *
   * @throws WrongCluster when other terms are stored, or the tables are newer than this program
   * @throws SQLException when the database cannot be read or written, or a scheduler without
   *     cluster owns it now
   */
  public static void enter(OwnedDatabase database, Terms mine) throws SQLException {
    LeaseRow.alone(
        database,
        handle -> {
          LeaseRow.requireFree(database, handle);
          requireNoOthersForAnUpdate(database, handle);
          LeaseRow.migrate(database, handle);
          if (!database.hasTable(handle, "scheduler_cluster")) {
            create(handle, mine);
          } else {
            update(handle);
            check(stored(handle), mine);
          }
          return mine;
        });
  }

  /** Processes of an earlier version must not write to tables that they do not know. */
  private static void requireNoOthersForAnUpdate(OwnedDatabase database, Handle handle)
      throws SQLException {
    boolean current =
        database.isCurrent(handle)
            && database.hasTable(handle, "scheduler_cluster")
            && version(handle) == NEWEST;
    Optional<StoreOwner> other = LeaseRow.member(database, handle);
    if (!current && other.isPresent()) {
      throw new SQLException(
          "its tables have to be updated, but processes of an earlier version still run, such as "
              + other.get().text()
              + "; stop all processes of that version");
    }
  }

  private static int version(Handle handle) {
    return handle.createQuery("SELECT version FROM scheduler_cluster").mapTo(int.class).one();
  }

  private static void create(Handle handle, Terms mine) {
    for (int step = 1; step <= NEWEST; step++) {
      handle.createScript(script(step)).execute();
    }
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_cluster (id, version, name, shards, arithmetic)
            VALUES (1, :version, :name, :shards, :arithmetic)
            """)
        .bind("version", NEWEST)
        .bind("name", mine.name())
        .bind("shards", mine.shards())
        .bind("arithmetic", mine.arithmetic())
        .execute();
    handle.execute(
        "INSERT INTO scheduler_shard (shard, token) SELECT generate_series(0, ? - 1), 0",
        mine.shards());
  }

  private static void update(Handle handle) throws WrongCluster {
    int version = version(handle);
    if (version > NEWEST) {
      throw new WrongCluster(
          "the tables of the cluster are of version "
              + version
              + ", newer than this program's "
              + NEWEST
              + "; run the newer program");
    }
    for (int step = version + 1; step <= NEWEST; step++) {
      handle.createScript(script(step)).execute();
    }
    if (version < NEWEST) {
      handle.execute("UPDATE scheduler_cluster SET version = ?", NEWEST);
    }
  }

  private static Terms stored(Handle handle) {
    return handle
        .createQuery("SELECT name, shards, arithmetic FROM scheduler_cluster")
        .map((row, context) -> new Terms(row.getString(1), row.getInt(2), row.getInt(3)))
        .one();
  }

  private static void check(Terms stored, Terms mine) throws WrongCluster {
    List<String> differences = new ArrayList<>();
    if (!stored.name().equals(mine.name())) {
      differences.add("name %s, not %s".formatted(stored.name(), mine.name()));
    }
    if (stored.shards() != mine.shards()) {
      differences.add("%d shards, not %d".formatted(stored.shards(), mine.shards()));
    }
    if (stored.arithmetic() != mine.arithmetic()) {
      differences.add(
          "shards of arithmetic %d, not %d".formatted(stored.arithmetic(), mine.arithmetic()));
    }
    if (!differences.isEmpty()) {
      throw new WrongCluster(
          "its cluster has "
              + String.join(", ", differences)
              + "; use the same settings in all processes that share a database");
    }
  }

  private static String script(int step) {
    String name = "cluster/" + step + ".sql";
    try (InputStream script = ClusterTables.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
