package io.actionscheduler.store.ownership;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * The right to write for some shards: a lease of this process, and a token for each of the shards.
 * It is for all of them or none.
 */
public final class ShardOwnership implements Ownership {
  private final Lease lease;
  private final Map<Integer, Long> tokens;
  private final Consumer<Set<Integer>> outdated;
  private volatile boolean over;

  /**
   * @param lease stays open when this is closed
   * @param tokens by shard
   * @param outdated receives the shards that another process has claimed, from any thread
   */
  public ShardOwnership(Lease lease, Map<Integer, Long> tokens, Consumer<Set<Integer>> outdated) {
    this.lease = requireNonNull(lease, "lease is null");
    this.tokens = Map.copyOf(tokens);
    this.outdated = requireNonNull(outdated, "outdated is null");
  }

  @Override
  public boolean isHeld() {
    return !over && lease.isHeld();
  }

  @Override
  public void check() throws NotOwned {
    if (over) {
      throw new NotOwned("another process has some of its shards, or they were given back");
    }
    lease.check();
  }

  @Override
  public void check(Handle handle) throws SQLException {
    check();
    lease.check(handle);
    Set<Integer> missing = ShardTokens.outdated(handle, tokens);
    if (!missing.isEmpty()) {
      over = true;
      outdated.accept(missing);
      throw new NotOwned("another process has claimed the shards " + missing);
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
